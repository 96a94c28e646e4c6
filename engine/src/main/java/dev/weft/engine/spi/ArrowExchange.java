package dev.weft.engine.spi;

import java.io.Serializable;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A remote function from batches to batches of as many rows in the same order; travels to
 * executors.
 */
public interface ArrowExchange extends Serializable {

  /** Opens a stream for one Spark task. */
  Stream open(BufferAllocator allocator, Schema input);

  /** One stream of batches out and answers back; used by one thread. */
  interface Stream extends AutoCloseable {

    /** How many batches may be out before an answer has to be read. */
    int window();

    /** Sends a batch; its buffers are not reused by the caller. */
    void send(VectorSchemaRoot batch);

    /** No more batches. */
    void finish();

    /**
     * The next answer, in the order sent, checked to have as many rows; null after the last. Valid
     * until the next call.
     */
    @Nullable VectorSchemaRoot receive();

    @Override
    void close();
  }
}
