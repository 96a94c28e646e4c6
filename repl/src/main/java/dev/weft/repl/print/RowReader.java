package dev.weft.repl.print;

import dev.weft.engine.Rows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** Walks over the rows of all batches. */
public final class RowReader {

  private RowReader() {}

  /** Hands each row to {@code sink}; returns how many there were. */
  public static long forEach(Rows rows, Sink sink) throws IOException {
    long count = 0;
    for (VectorSchemaRoot batch = rows.next(); batch != null; batch = rows.next()) {
      List<FieldVector> vectors = batch.getFieldVectors();
      for (int row = 0; row < batch.getRowCount(); row++) {
        sink.row(values(vectors, row));
      }
      count += batch.getRowCount();
    }
    return count;
  }

  /** The names of the columns. */
  static List<String> names(Rows rows) {
    return rows.schema().getFields().stream().map(Field::getName).toList();
  }

  private static List<@Nullable Object> values(List<FieldVector> vectors, int row) {
    List<@Nullable Object> values = new ArrayList<>(vectors.size());
    for (FieldVector vector : vectors) {
      values.add(CellReader.read(vector, row));
    }
    return values;
  }

  /** Takes one row. */
  public interface Sink {
    void row(List<@Nullable Object> values) throws IOException;
  }
}
