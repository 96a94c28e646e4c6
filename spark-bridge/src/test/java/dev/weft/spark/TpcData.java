package dev.weft.spark;

import io.trino.tpcds.Results;
import io.trino.tpcds.Session;
import io.trino.tpcds.Table;
import io.trino.tpcds.column.Column;
import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.classic.SparkSession;
import org.jspecify.annotations.Nullable;

/** The tables of TPC-H and TPC-DS, made by their generators once and kept as Parquet. */
final class TpcData {

  private static final char SEPARATOR = '|';
  private static final long LARGE = 64L << 20;

  private final SparkSession session;
  private final Path folder;
  private final double scale;

  TpcData(SparkSession session, Path folder, double scale) {
    this.session = session;
    this.folder = folder;
    this.scale = scale;
  }

  /** Makes every table of TPC-H a view. */
  void tpch() throws IOException {
    for (TpchTable<?> table : TpchTable.getTables()) {
      tpch(table);
    }
  }

  private <E extends TpchEntity> void tpch(TpchTable<E> table) throws IOException {
    String name = table.getTableName().replace("line_item", "lineitem").replace("_", "");
    Path text = text(name);
    if (!Files.exists(text)) {
      try (BufferedWriter out = Files.newBufferedWriter(text)) {
        for (E row : table.createGenerator(scale, 1, 1)) {
          out.write(row.toLine());
          out.newLine();
        }
      }
    }
    String schema =
        table.getColumns().stream().map(TpcData::tpch).collect(Collectors.joining(", "));
    view(name, schema);
  }

  private static String tpch(TpchColumn<?> column) {
    String type =
        switch (column.getType().getBase()) {
          case IDENTIFIER -> "bigint";
          case INTEGER -> "int";
          case DOUBLE -> "decimal(12,2)";
          case DATE -> "date";
          case VARCHAR -> "string";
        };
    return column.getColumnName() + " " + type;
  }

  /** Makes every table of TPC-DS a view; returns are tables of their own for the generator. */
  void tpcds() throws IOException {
    Session generation = Session.getDefaultSession().withScale(scale);
    for (Table table : Table.getBaseTables()) {
      if (table != Table.DBGEN_VERSION) {
        if (!Files.exists(text(table.getName()))) {
          write(table, generation.withTable(table));
        }
        view(table.getName(), schema(table));
      }
    }
  }

  private void write(Table table, Session generation) throws IOException {
    long written = 0;
    try (BufferedWriter out = Files.newBufferedWriter(text(table.getName()))) {
      for (List<List<String>> rows : Results.constructResults(table, generation)) {
        line(out, rows.get(0));
        written++;
      }
    }
    if (written == 0) {
      throw new IllegalStateException("the generator gave no row of " + table.getName());
    }
  }

  private static void line(BufferedWriter out, List<@Nullable String> row) throws IOException {
    for (String value : row) {
      out.write(value == null ? "" : value);
      out.write(SEPARATOR);
    }
    out.newLine();
  }

  private static String schema(Table table) {
    return Arrays.stream(table.getColumns())
        .map(column -> name(column) + " " + type(column))
        .collect(Collectors.joining(", "));
  }

  /** Spark's texts have one column under its name of an earlier version of the specification. */
  private static String name(Column column) {
    return column.getName().equals("c_last_review_date_sk")
        ? "c_last_review_date"
        : column.getName();
  }

  private static String type(Column column) {
    return switch (column.getType().getBase()) {
      case INTEGER, IDENTIFIER -> "int";
      case DATE -> "date";
      case DECIMAL ->
          "decimal("
              + column.getType().getPrecision().orElse(7)
              + ","
              + column.getType().getScale().orElse(2)
              + ")";
      case VARCHAR, CHAR, TIME -> "string";
    };
  }

  private Path text(String table) throws IOException {
    return Files.createDirectories(folder).resolve(table + ".txt");
  }

  /** As few as can still be read by several tasks. */
  private static int files(Path text) throws IOException {
    return (int) Math.max(1, Math.min(16, Files.size(text) / LARGE));
  }

  private void view(String name, String schema) throws IOException {
    Path parquet = folder.resolve(name + ".parquet");
    if (!Files.exists(parquet.resolve("_SUCCESS"))) {
      session
          .read()
          .schema(schema)
          .option("sep", String.valueOf(SEPARATOR))
          .csv(text(name).toString())
          .coalesce(files(text(name)))
          .write()
          .mode("overwrite")
          .parquet(parquet.toString());
    }
    session.read().parquet(parquet.toString()).createOrReplaceTempView(name);
  }
}
