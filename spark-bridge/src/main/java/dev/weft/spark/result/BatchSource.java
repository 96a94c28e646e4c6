package dev.weft.spark.result;

import org.jspecify.annotations.Nullable;

/** Serialised Arrow batches, one at a time. */
interface BatchSource extends AutoCloseable {

  /** The next batch, or null after the last. */
  byte @Nullable [] next();

  @Override
  void close();

  /** Batches of rows that are there already. */
  static BatchSource of(BatchEncoding batches) {
    return new BatchSource() {
      @Override
      public byte @Nullable [] next() {
        return batches.hasNext() ? batches.next() : null;
      }

      @Override
      public void close() {
        batches.close();
      }
    };
  }
}
