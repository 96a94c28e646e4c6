package dev.weft.spark;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * One of Spark's own SQL test files, read from its tests jar and never copied: only those whose
 * names begin with a to m, the rest being kept to measure with.
 */
record CorpusFile(String name, Map<String, String> settings, List<String> statements) {

  private static final String ROOT = "sql-tests/inputs/";
  private static final Pattern END = Pattern.compile("(?<=[^\\\\]);");
  private static final String WHOLE = "--QUERY-DELIMITER-START";

  static List<String> names() throws IOException {
    URL some = Objects.requireNonNull(CorpusFile.class.getClassLoader().getResource(ROOT));
    try (JarFile jar = ((JarURLConnection) some.openConnection()).getJarFile()) {
      return jar.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith(ROOT) && name.endsWith(".sql"))
          .map(name -> name.substring(ROOT.length()))
          .filter(CorpusFile::isOpen)
          .sorted()
          .toList();
    }
  }

  private static boolean isOpen(String path) {
    char first = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT).charAt(0);
    return first >= 'a' && first <= 'm';
  }

  static CorpusFile read(String name) {
    Map<String, String> settings = new LinkedHashMap<>();
    if (name.startsWith("nonansi/") || name.startsWith("typeCoercion/")) {
      settings.put("spark.sql.ansi.enabled", "false");
    }
    if (name.startsWith("timestampNTZ/")) {
      settings.put("spark.sql.timestampType", "TIMESTAMP_NTZ");
    }
    List<String> code = new ArrayList<>();
    lines(name, settings, code);
    return new CorpusFile(name, settings, statements(code));
  }

  private static void lines(String name, Map<String, String> settings, List<String> code) {
    for (String line : text(name).split("\n", -1)) {
      String trimmed = line.strip();
      if (trimmed.startsWith("--SET ")) {
        for (String pair : trimmed.substring(6).split(",")) {
          settings.put(pair.split("=", 2)[0].strip(), pair.split("=", 2)[1].strip());
        }
      } else if (trimmed.startsWith("--IMPORT ") && isOpen(trimmed.substring(9).strip())) {
        lines(trimmed.substring(9).strip(), settings, code);
      } else if (!trimmed.startsWith("--") || trimmed.startsWith("--QUERY-DELIMITER")) {
        code.add(line);
      }
    }
  }

  private static String text(String name) {
    try (InputStream file = CorpusFile.class.getClassLoader().getResourceAsStream(ROOT + name)) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new IllegalStateException(name, unreadable);
    }
  }

  /** Statements end at semicolons, but for those that the file itself puts between marks. */
  private static List<String> statements(List<String> code) {
    String text = String.join("\n", code);
    List<String> parts = new ArrayList<>();
    for (String piece : text.split(WHOLE, -1)) {
      int end = piece.indexOf("--QUERY-DELIMITER-END");
      if (end >= 0) {
        parts.add(piece.substring(0, end).strip().replaceFirst(";$", ""));
      }
      String rest = end < 0 ? piece : piece.substring(end + "--QUERY-DELIMITER-END".length());
      for (String part : END.split(rest, -1)) {
        parts.add(part.strip().replace("\\;", ";"));
      }
    }
    return parts.stream().filter(part -> !part.isEmpty()).toList();
  }
}
