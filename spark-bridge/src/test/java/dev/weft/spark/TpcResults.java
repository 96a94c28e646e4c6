package dev.weft.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Every single time measured, kept in a file that a later run goes on with. */
final class TpcResults {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path file;
  private final ObjectNode all;

  private TpcResults(Path file, ObjectNode all) {
    this.file = file;
    this.all = all;
  }

  static TpcResults open(Path file, double scale) throws IOException {
    ObjectNode all = JSON.createObjectNode();
    if (Files.exists(file)) {
      all = (ObjectNode) JSON.readTree(file.toFile());
    }
    if (all.path("scale").asDouble() != scale) {
      all = JSON.createObjectNode().put("scale", scale);
      all.put("cores", Runtime.getRuntime().availableProcessors());
      all.put("heap_mb", Runtime.getRuntime().maxMemory() >> 20);
    }
    return new TpcResults(file, all);
  }

  /** How many pairs of a query are known. */
  int pairs(String query) {
    return all.path("queries").path(query).size();
  }

  void add(String query, TpcRun.Pair pair) throws IOException {
    ArrayNode pairs = all.withObject("/queries").withArray("/" + query.replace("/", "~1"));
    ObjectNode node = pairs.addObject();
    node.put("first", pair.weftFirst() ? "weft" : "spark");
    node.put("spark_ms", rounded(pair.spark().millis()));
    node.put("weft_ms", rounded(pair.weft().millis()));
    node.put("planning_ms", rounded(pair.weft().planningMillis()));
    node.put("spark_rows", pair.spark().rows());
    node.put("weft_rows", pair.weft().rows());
    if (!pair.problem().isEmpty()) {
      node.put("problem", pair.problem());
    }
    write();
  }

  void write() throws IOException {
    if (file.getParent() != null) {
      Files.createDirectories(file.getParent());
    }
    JSON.writeValue(file.toFile(), all);
  }

  String summary() {
    return String.format(
        Locale.ROOT, "%d queries in %s", all.path("queries").size(), file.toAbsolutePath());
  }

  /** A key that sorts q2 before q10 and q14a before q14b. */
  static String number(String query) {
    String digits = query.replaceAll("[^0-9]", "");
    return String.format(Locale.ROOT, "%03d%s", Integer.parseInt(digits), query);
  }

  private static double rounded(double millis) {
    return Math.round(millis * 10) / 10.0;
  }
}
