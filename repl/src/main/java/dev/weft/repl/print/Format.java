package dev.weft.repl.print;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The output formats, by the names of {@code --format} and {@code .mode}. */
public enum Format {
  TABLE,
  CSV,
  JSON,
  MARKDOWN,
  VERTICAL;

  /** The name as it is typed. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The names of all formats. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(Format::label).toList();
  }

  /** The format of that name, in any case. */
  public static Optional<Format> named(String name) {
    return Arrays.stream(values()).filter(f -> f.label().equalsIgnoreCase(name)).findFirst();
  }

  /** A printer of this format. */
  public ResultPrinter printer(Appendable out, Page page) {
    return switch (this) {
      case TABLE -> new TablePrinter(out, page);
      case CSV -> new CsvPrinter(out);
      case JSON -> new JsonPrinter(out);
      case MARKDOWN -> new MarkdownPrinter(out);
      case VERTICAL -> new VerticalPrinter(out);
    };
  }
}
