package dev.weft.spark;

import dev.weft.engine.Progress;
import dev.weft.engine.Rows;
import dev.weft.engine.spi.Run;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.util.Text;
import org.jspecify.annotations.Nullable;

/** Runs and what they answer, for tests that have a Spark of their own. */
final class TestRuns {

  private static final AtomicInteger RUNS = new AtomicInteger();

  private TestRuns() {}

  static Run run() {
    return run(new AtomicBoolean(), new ArrayList<>());
  }

  static Run run(AtomicBoolean cancelled, List<Progress> progress) {
    Span span = Span.all(new Source("test.weft", "select"));
    String id = "test-" + RUNS.incrementAndGet();
    return new Run(id, span, progress::add, cancelled::get);
  }

  /** Reads all rows as text, numbers and nulls, and closes. */
  static List<List<@Nullable Object>> collect(Rows rows) {
    List<List<@Nullable Object>> all = new ArrayList<>();
    try (rows) {
      for (VectorSchemaRoot batch = rows.next(); batch != null; batch = rows.next()) {
        for (int i = 0; i < batch.getRowCount(); i++) {
          List<@Nullable Object> row = new ArrayList<>();
          for (FieldVector vector : batch.getFieldVectors()) {
            Object value = vector.getObject(i);
            row.add(plain(value));
          }
          all.add(row);
        }
      }
    }
    return all;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    return value instanceof Text text ? text.toString() : value;
  }
}
