package dev.weft.engine.spi;

import java.io.Serializable;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** A remote function from batches to any number of rows, in order; travels to executors. */
public interface ArrowMap extends Serializable {

  /** The most rows of a batch that it takes. */
  int batchRows();

  /** Opens a stream for one Spark task. */
  Stream open(BufferAllocator allocator, Schema input);

  /** One stream of batches out and rows back; used by one thread. */
  interface Stream extends AutoCloseable {

    /** Whether a batch should be sent before rows are read. */
    boolean wantsInput();

    /** Sends a batch; its buffers are not reused by the caller. */
    void send(VectorSchemaRoot batch);

    /** No more batches. */
    void finish();

    /**
     * The next rows, in the order of the batches; null when all that was sent is answered and
     * nothing more is to come. Valid until the next call.
     */
    @Nullable VectorSchemaRoot receive();

    @Override
    void close();
  }
}
