package dev.weft.spark.mllib;

import dev.weft.spark.file.LocalPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A pipeline's files in MLlib's own layout, with nothing in them that differs from one training to
 * the next of the same: no times, no names drawn at random, rows in an order of their own.
 */
final class StoredPipeline {

  private static final String FOLDER = "pipeline";

  /** Columns that tell the rows of a model's tables apart. */
  private static final List<String> KEYS =
      List.of("treeID", "nodeData", "id", "word", "index", "clusterIdx");

  private final SparkSession session;

  StoredPipeline(SparkSession session) {
    this.session = session;
  }

  static PipelineModel load(Path model) {
    return PipelineModel.load(LocalPath.text(model.resolve(FOLDER)));
  }

  void save(PipelineModel pipeline, Path model) throws IOException {
    Path folder = model.resolve(FOLDER);
    pipeline.write().overwrite().save(LocalPath.text(folder));
    for (Path table : list(folder, path -> Files.isDirectory(path) && holdsTable(path))) {
      sort(table);
    }
    for (Path file : list(folder, Files::isRegularFile)) {
      settle(file);
    }
  }

  private static List<Path> list(Path folder, java.util.function.Predicate<Path> wanted)
      throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(wanted).sorted(Comparator.reverseOrder()).toList();
    }
  }

  private static boolean holdsTable(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> name(file).endsWith(".parquet"));
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  /** Writes a table of several rows again, as one file in order. */
  private void sort(Path table) throws IOException {
    Dataset<Row> rows = session.read().parquet(LocalPath.text(table));
    List<String> columns = Arrays.asList(rows.columns());
    String[] keys = KEYS.stream().filter(columns::contains).toArray(String[]::new);
    if (keys.length == 0) {
      return;
    }
    Dataset<Row> settled =
        columns.contains("metadata")
            ? rows.withColumn(
                "metadata",
                org.apache.spark.sql.functions.regexp_replace(
                    org.apache.spark.sql.functions.regexp_replace(
                        org.apache.spark.sql.functions.col("metadata"),
                        org.apache.spark.sql.functions.lit("\"timestamp\":\\d+"),
                        org.apache.spark.sql.functions.lit("\"timestamp\":0")),
                    org.apache.spark.sql.functions.lit("\"uid\":\"[^\"]*\""),
                    org.apache.spark.sql.functions.lit("\"uid\":\"tree\"")))
            : rows;
    Path sorted = table.resolveSibling("sorted");
    settled
        .repartition(1)
        .sortWithinPartitions(keys[0], Arrays.copyOfRange(keys, 1, keys.length))
        .write()
        .parquet(LocalPath.text(sorted));
    for (Path file : list(table, Files::isRegularFile)) {
      Files.delete(file);
    }
    Files.delete(table);
    Files.move(sorted, table);
  }

  private static void settle(Path file) throws IOException {
    String name = name(file);
    if (name.equals("_SUCCESS") || name.endsWith(".crc")) {
      Files.delete(file);
      return;
    }
    if (file.getName(file.getNameCount() - 2).toString().equals("metadata")) {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      Files.writeString(file, text.replaceFirst("\"timestamp\":\\d+", "\"timestamp\":0"));
    }
    Files.move(file, file.resolveSibling(name.replaceFirst("(part-\\d+)-[0-9a-f-]{36}", "$1")));
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
