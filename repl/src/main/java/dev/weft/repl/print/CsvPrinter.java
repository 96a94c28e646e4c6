package dev.weft.repl.print;

import dev.weft.engine.Rows;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * RFC 4180 with a header line, lines ending as shells expect; null is an empty field, empty text is
 * {@code ""}.
 */
final class CsvPrinter implements ResultPrinter {

  private final Appendable out;
  private boolean first = true;

  CsvPrinter(Appendable out) {
    this.out = out;
  }

  @Override
  public long print(Rows rows) throws IOException {
    if (!first) {
      out.append("\n");
    }
    first = false;
    write(RowReader.names(rows));
    return RowReader.forEach(rows, this::write);
  }

  private void write(List<? extends @Nullable Object> values) throws IOException {
    String separator = "";
    for (Object value : values) {
      out.append(separator);
      if (value != null) {
        field(text(value));
      }
      separator = ",";
    }
    out.append("\n");
  }

  private static String text(Object value) throws IOException {
    if (value instanceof List || value instanceof java.util.Map) {
      StringBuilder json = new StringBuilder();
      JsonText.append(json, value);
      return json.toString();
    }
    return PlainText.of(value);
  }

  private void field(String text) throws IOException {
    boolean quoted = text.isEmpty() || text.chars().anyMatch(c -> "\",\r\n".indexOf(c) >= 0);
    out.append(quoted ? '"' + text.replace("\"", "\"\"") + '"' : text);
  }
}
