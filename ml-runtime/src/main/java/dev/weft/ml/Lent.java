package dev.weft.ml;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.ReferenceManager;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;

/**
 * Batches whose buffers the network may still read, which an allocator does not count when they
 * belong to another one: they are back when nobody but us holds them.
 */
final class Lent {

  private static final long LIMIT_NANOS = 2_000_000_000;

  private final Deque<ArrowRecordBatch> batches = new ArrayDeque<>();

  /** Notes what is about to be sent, and lets go what has been. */
  void add(VectorSchemaRoot root) {
    batches.add(new VectorUnloader(root).getRecordBatch());
    while (isBack(batches.getFirst())) {
      batches.removeFirst().close();
      if (batches.isEmpty()) {
        return;
      }
    }
  }

  /** Waits for a moment until all of them are back. */
  void takeBack() {
    long start = System.nanoTime();
    while (!batches.stream().allMatch(Lent::isBack) && System.nanoTime() - start < LIMIT_NANOS) {
      LockSupport.parkNanos(100_000);
    }
    batches.forEach(ArrowRecordBatch::close);
    batches.clear();
  }

  private static boolean isBack(ArrowRecordBatch batch) {
    IdentityHashMap<ReferenceManager, Integer> ours = new IdentityHashMap<>();
    for (ArrowBuf buffer : batch.getBuffers()) {
      // Buffers that were cut from one have one count.
      ours.merge(buffer.getReferenceManager(), 1, Integer::sum);
    }
    return ours.entrySet().stream()
        .allMatch(held -> held.getKey().getRefCount() <= held.getValue());
  }
}
