package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.planner.spi.Column;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;

class TableRowsTest {

  @Test
  void valuesAndNullsComeBackTyped() {
    List<Column> columns =
        List.of(
            new Column("s", "string", true),
            new Column("i", "int", true),
            new Column("l", "bigint", true),
            new Column("d", "double", true),
            new Column("b", "boolean", true));
    List<List<Object>> rows =
        List.of(List.of("é", 1, 2L, 0.5, true), Arrays.asList(null, null, null, null, null));
    try (TableRows table = TableRows.of(columns, rows)) {
      VectorSchemaRoot batch = table.next();
      assertThat(batch).isNotNull();
      assertThat(batch.contentToTSVString())
          .isEqualTo("s\ti\tl\td\tb\né\t1\t2\t0.5\ttrue\nnull\tnull\tnull\tnull\tnull\n");
      assertThat(table.next()).isNull();
    }
  }

  @Test
  void nothingHasNoBatch() {
    try (TableRows table = TableRows.none()) {
      assertThat(table.schema().getFields()).isEmpty();
      assertThat(table.next()).isNull();
    }
  }
}
