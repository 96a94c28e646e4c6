package dev.weft.engine;

import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Rows that do something more when they are closed. */
record EndingRows(Rows rows, Runnable end) implements Rows {

  @Override
  public Schema schema() {
    return rows.schema();
  }

  @Override
  public @Nullable VectorSchemaRoot next() {
    return rows.next();
  }

  @Override
  public void close() {
    try {
      rows.close();
    } finally {
      end.run();
    }
  }
}
