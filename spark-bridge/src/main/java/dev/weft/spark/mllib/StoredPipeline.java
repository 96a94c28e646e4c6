package dev.weft.spark.mllib;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.spark.file.LocalPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * A pipeline's files in MLlib's own layout, with nothing in them that differs from one training to
 * the next of the same: no times, no names drawn at random, rows in an order of their own.
 */
final class StoredPipeline {

  private static final String FOLDER = "pipeline";

  /** Columns that tell the rows of a model's tables apart. */
  private static final List<String> KEYS =
      List.of("treeID", "_1", "nodeData", "id", "word", "index", "clusterIdx");

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final UserDefinedFunction METADATA =
      functions.udf((UDF1<String, String>) StoredPipeline::settled, DataTypes.StringType);

  private final MllibSessions sessions;

  StoredPipeline(MllibSessions sessions) {
    this.sessions = sessions;
  }

  PipelineModel load(Path model) throws IOException {
    String folder = LocalPath.text(model.resolve(FOLDER));
    return MllibSessions.within(sessions.little(), () -> PipelineModel.load(folder));
  }

  void save(PipelineModel pipeline, Path model) throws IOException {
    MllibSessions.within(
        sessions.little(),
        () -> {
          write(pipeline, model.resolve(FOLDER));
          return model;
        });
  }

  private void write(PipelineModel pipeline, Path folder) throws IOException {
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
    Dataset<Row> rows = sessions.little().read().parquet(LocalPath.text(table));
    List<String> columns = Arrays.asList(rows.columns());
    String[] keys = KEYS.stream().filter(columns::contains).toArray(String[]::new);
    if (keys.length == 0) {
      return;
    }
    // Spark gives the columns of this table no names.
    Dataset<Row> settled =
        name(table).equals("treesMetadata")
            ? rows.withColumn("_2", METADATA.apply(rows.col("_2")))
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

  /** What a tree says of itself, whose name is random and decides the order of its parameters. */
  private static String settled(String metadata) throws IOException {
    ObjectNode tree = (ObjectNode) JSON.readTree(metadata);
    tree.put("timestamp", 0).put("uid", "tree");
    for (String parameters : List.of("paramMap", "defaultParamMap")) {
      TreeMap<String, JsonNode> inOrder = new TreeMap<>();
      tree.path(parameters)
          .properties()
          .forEach(each -> inOrder.put(each.getKey(), each.getValue()));
      tree.set(parameters, JSON.createObjectNode().setAll(inOrder));
    }
    return tree.toString();
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
