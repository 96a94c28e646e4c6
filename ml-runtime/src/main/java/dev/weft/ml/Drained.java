package dev.weft.ml;

import java.util.concurrent.locks.LockSupport;
import org.apache.arrow.memory.BufferAllocator;

/** Closes allocators whose buffers a network thread may still hold for a moment. */
final class Drained {

  private static final long LIMIT_NANOS = 2_000_000_000;

  private Drained() {}

  /** Waits until the buffers are back, since zero-copy writes end after the call that made them. */
  static void close(BufferAllocator allocator) {
    long start = System.nanoTime();
    while (allocator.getAllocatedMemory() > 0 && System.nanoTime() - start < LIMIT_NANOS) {
      LockSupport.parkNanos(100_000);
    }
    allocator.close();
  }
}
