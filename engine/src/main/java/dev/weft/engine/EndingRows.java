package dev.weft.engine;

import dev.weft.engine.spi.Run;
import dev.weft.grammar.WeftException;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** The rows of a run: they say when it was stopped, and end it when they are closed. */
record EndingRows(Rows rows, Run run, Runs runs) implements Rows {

  @Override
  public Schema schema() {
    return rows.schema();
  }

  @Override
  public @Nullable VectorSchemaRoot next() {
    try {
      return rows.next();
    } catch (WeftException failure) {
      runs.check(run);
      throw failure;
    }
  }

  @Override
  public void close() {
    try {
      rows.close();
    } finally {
      runs.end(run);
    }
  }
}
