package dev.weft.engine.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.util.Text;
import org.jspecify.annotations.Nullable;

/** Rows of Arrow batches as runtimes take single rows. */
public final class ArrowValues {

  private ArrowValues() {}

  /** Column name to Double, Boolean, String, Integer or null, in the order of the columns. */
  @SuppressWarnings("NullAway")
  public static Map<String, Object> row(VectorSchemaRoot batch, int row) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (FieldVector column : batch.getFieldVectors()) {
      @Nullable Object value = column.getObject(row);
      values.put(column.getName(), value instanceof Text ? value.toString() : value);
    }
    return values;
  }
}
