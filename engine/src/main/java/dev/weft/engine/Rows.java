package dev.weft.engine;

import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** The rows of a result as a stream of Arrow batches; read once, by one thread, then closed. */
public interface Rows extends AutoCloseable {

  /** The columns. */
  Schema schema();

  /**
   * The next batch, or null at the end. It belongs to this stream and is valid until the next call.
   * Blocks while the batch is computed; throws WeftException when that fails or is cancelled.
   */
  @Nullable VectorSchemaRoot next();

  /** Frees everything, and stops what still computes. */
  @Override
  void close();
}
