package dev.weft.engine;

import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** The first rows of a stream; what comes after them is not computed further. */
public final class FirstRows implements Rows {

  private final Rows rows;
  private long left;

  public FirstRows(Rows rows, long most) {
    this.rows = rows;
    this.left = most;
  }

  @Override
  public Schema schema() {
    return rows.schema();
  }

  @Override
  public @Nullable VectorSchemaRoot next() {
    VectorSchemaRoot batch = left > 0 ? rows.next() : null;
    if (batch != null && batch.getRowCount() > left) {
      batch.setRowCount((int) left);
    }
    left -= batch == null ? left : batch.getRowCount();
    return batch;
  }

  @Override
  public void close() {
    rows.close();
  }
}
