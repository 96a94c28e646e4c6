package dev.weft.spark;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Serialised Arrow batches, some at a time. */
interface BatchSource extends AutoCloseable {

  /** The batches of the next partition, or null after the last. */
  byte @Nullable [][] next();

  @Override
  void close();

  /** Batches that are there already. */
  static BatchSource of(byte[][] batches) {
    Deque<byte[][]> rest = new ArrayDeque<>(List.<byte[][]>of(batches));
    return new BatchSource() {
      @Override
      public byte @Nullable [][] next() {
        return rest.poll();
      }

      @Override
      public void close() {
        rest.clear();
      }
    };
  }
}
