package dev.weft.spark;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.JarFile;

/** The texts of TPC-H and TPC-DS, as they stand in the jar of Spark's own tests. */
final class TpcQueries {

  private TpcQueries() {}

  /**
   * The texts of a suite by their names, in order.
   *
   * @param suite {@code tpch} or {@code tpcds}
   */
  static Map<String, String> of(String suite) throws IOException {
    ClassLoader loader = TpcQueries.class.getClassLoader();
    URL first = Objects.requireNonNull(loader.getResource(suite + "/q1.sql"));
    Map<String, String> texts = new TreeMap<>();
    try (JarFile jar = ((JarURLConnection) first.openConnection()).getJarFile()) {
      for (var entry : jar.stream().toList()) {
        String name = entry.getName();
        if (name.startsWith(suite + "/") && name.endsWith(".sql")) {
          try (InputStream file = jar.getInputStream(entry)) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            String query = name.substring(suite.length() + 1, name.length() - 4);
            texts.put(query, text.strip().replaceFirst(";$", ""));
          }
        }
      }
    }
    return texts;
  }
}
