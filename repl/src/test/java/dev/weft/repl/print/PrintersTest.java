package dev.weft.repl.print;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.engine.Rows;
import dev.weft.repl.ArrowRows;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Test;

class PrintersTest {

  private static String print(Format format, Page page, Rows... results) throws IOException {
    StringBuilder out = new StringBuilder();
    ResultPrinter printer = format.printer(out, page);
    for (Rows rows : results) {
      try (rows) {
        printer.print(rows);
      }
    }
    return out.toString();
  }

  private static ArrowRows texts(String... values) {
    return new ArrowRows(
        List.of(Field.nullable("t", new ArrowType.Utf8())),
        root -> {
          VarCharVector vector = (VarCharVector) root.getVector(0);
          for (int i = 0; i < values.length; i++) {
            if (!values[i].equals("NULL")) {
              vector.setSafe(i, values[i].getBytes(StandardCharsets.UTF_8));
            }
          }
          root.setRowCount(values.length);
        });
  }

  private static ArrowRows types() {
    return new ArrowRows(
        List.of(
            Field.nullable("d", new ArrowType.Date(DateUnit.DAY)),
            Field.nullable("ts", new ArrowType.Timestamp(TimeUnit.MICROSECOND, "Europe/Berlin")),
            Field.nullable("dec", new ArrowType.Decimal(10, 2, 128)),
            Field.nullable("x", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE))),
        PrintersTest::fillTypes);
  }

  private static void fillTypes(VectorSchemaRoot root) {
    ((DateDayVector) root.getVector(0)).setSafe(0, 11_323);
    ((TimeStampMicroTZVector) root.getVector(1)).setSafe(0, 978_307_200_500_000L);
    ((DecimalVector) root.getVector(2)).setSafe(0, new BigDecimal("12.50"));
    ((Float8Vector) root.getVector(3)).setSafe(0, Double.NaN);
    root.setRowCount(1);
  }

  @Test
  void csvQuotesWhatRfc4180AsksForAndTellsNullFromEmpty() throws IOException {
    assertThat(print(Format.CSV, Page.ENDLESS, texts("a", "b,\"c\"", "two\nlines", "", "NULL")))
        .isEqualTo("t\na\n\"b,\"\"c\"\"\"\n\"two\nlines\"\n\"\"\n\n");
  }

  @Test
  void csvSeparatesResultsByABlankLine() throws IOException {
    assertThat(print(Format.CSV, Page.ENDLESS, texts("a"), ArrowRows.numbers(1)))
        .isEqualTo("t\na\n\nn\n1\n");
  }

  @Test
  void jsonKeepsNumbersAndWritesMomentsInIso() throws IOException {
    assertThat(print(Format.JSON, Page.ENDLESS, types()))
        .isEqualTo(
            "{\"d\":\"2001-01-01\",\"ts\":\"2001-01-01T01:00:00.5+01:00\",\"dec\":12.50,\"x\":\"NaN\"}\n");
  }

  @Test
  void jsonEscapesControlCharactersAndRepeatedNames() throws IOException {
    Field a = Field.nullable("a", new ArrowType.Null());
    Rows rows = new ArrowRows(List.of(a, a), root -> root.setRowCount(1));
    assertThat(print(Format.JSON, Page.ENDLESS, texts("\"\u0001\n"), rows))
        .isEqualTo("{\"t\":\"\\\"\\u0001\\n\"}\n{\"a\":null,\"a_2\":null}\n");
  }

  @Test
  void tableShowsTypesAndAlignsWideCharacters() throws IOException {
    assertThat(print(Format.TABLE, Page.terminal(80), texts("東京", "Rom")))
        .isEqualTo(
            """
            ┌────────┐
            │ t      │
            │ string │
            ├────────┤
            │ 東京   │
            │ Rom    │
            └────────┘
            2 rows
            """);
  }

  @Test
  void tableOnATerminalShowsFirstAndLastRows() throws IOException {
    assertThat(print(Format.TABLE, Page.terminal(80), ArrowRows.numbers(1234)))
        .contains("│  20 │\n│   ⋮ │\n│ 1215".replace("│  20", "│   20").replace("│   ⋮", "│    ⋮"))
        .endsWith("1,234 rows, 40 shown\n");
  }

  @Test
  void tableElsewhereShowsEveryRow() throws IOException {
    assertThat(print(Format.TABLE, Page.ENDLESS, ArrowRows.numbers(1234)).lines()).hasSize(1240);
  }

  @Test
  void tableCutsWhatDoesNotFit() throws IOException {
    String table = print(Format.TABLE, Page.terminal(30), texts("x".repeat(100)));
    assertThat(table.lines()).allMatch(line -> line.length() <= 30);
    assertThat(table).contains("x…");
  }

  @Test
  void markdownEscapesBars() throws IOException {
    assertThat(print(Format.MARKDOWN, Page.ENDLESS, texts("a|b")))
        .isEqualTo("| t |\n|---|\n| a\\|b |\n");
  }

  @Test
  void verticalNamesEveryValue() throws IOException {
    assertThat(print(Format.VERTICAL, Page.ENDLESS, types()))
        .contains("ts  | 2001-01-01 01:00:00.5\n", "x   | NaN\n");
  }
}
