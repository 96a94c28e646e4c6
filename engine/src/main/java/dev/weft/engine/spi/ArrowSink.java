package dev.weft.engine.spi;

import java.io.Serializable;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Where Spark's tasks send the batches of a training set; travels to executors, so it holds only
 * addresses and tokens.
 */
public interface ArrowSink extends Serializable {

  /**
   * Opens the stream of one attempt at one partition.
   *
   * @param attempt unique over retries and speculation
   * @param root where the caller puts each batch; fresh vectors per batch, since writes are
   *     zero-copy
   */
  Upload open(int partition, long attempt, BufferAllocator allocator, VectorSchemaRoot root);

  /** One stream; closing without commit discards what was sent. */
  interface Upload extends AutoCloseable {

    /** Sends the batch now in the root; blocks while the other side is behind. */
    void send();

    /** Ends the stream, waits for the receipt and checks its counts. */
    Sent commit();

    @Override
    void close();
  }

  /** The receipt of one attempt; the driver passes on those that Spark committed. */
  record Sent(int partition, long attempt, long rows, long batches) implements Serializable {}
}
