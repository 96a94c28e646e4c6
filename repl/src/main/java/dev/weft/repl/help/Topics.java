package dev.weft.repl.help;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is written about each statement; a statement's first word finds it. */
public final class Topics {

  private static final List<String> NAMES =
      List.of(
          "LOAD",
          "SELECT",
          "TRAIN",
          "PREDICT",
          "PYTHON",
          "EVALUATE",
          "IMPORTANCE",
          "SAVE",
          "CREATE",
          "INSERT",
          "DROP",
          "BEGIN",
          "SERVE",
          "UNSERVE",
          "ALTER",
          "ROLLBACK",
          "DROP",
          "EXPORT",
          "IMPORT",
          "SHOW",
          "DESCRIBE",
          "EXPLAIN",
          "ASSERT",
          "INCLUDE",
          "DECLARE",
          "SET");

  /** Statements that are told of under another one's name. */
  private static final Map<String, String> WITH_OTHERS =
      Map.ofEntries(
          Map.entry("WITH", "SELECT"),
          Map.entry("FROM", "SELECT"),
          Map.entry("VALUES", "SELECT"),
          Map.entry("UPDATE", "INSERT"),
          Map.entry("DELETE", "INSERT"),
          Map.entry("MERGE", "INSERT"),
          Map.entry("ALTER", "DROP"),
          Map.entry("TRUNCATE", "DROP"),
          Map.entry("ANALYZE", "DROP"),
          Map.entry("DESC", "DESCRIBE"),
          Map.entry("REPLACE", "CREATE"));

  /** What commands print or write, told beside their options. */
  private static final List<String> COMMANDS = List.of("FMT", "PLAN", "LINEAGE");

  private Topics() {}

  /** The statements explained. */
  public static List<String> names() {
    return NAMES;
  }

  /** The commands explained further than their options are. */
  public static List<String> commands() {
    return COMMANDS;
  }

  /**
   * The explanation of a statement named in any case, also by several words ({@code show models}).
   */
  public static Optional<String> text(String topic) {
    String first = topic.strip().split("\\s+")[0].toUpperCase(Locale.ROOT);
    String name = WITH_OTHERS.getOrDefault(first, first);
    return NAMES.contains(name) || COMMANDS.contains(name)
        ? Optional.of(read(name.toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }

  private static String read(String name) {
    String file = "/dev/weft/repl/help/" + name + ".txt";
    try (InputStream in = Topics.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("no help file " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
