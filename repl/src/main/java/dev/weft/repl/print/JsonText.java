package dev.weft.repl.print;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value as JSON: numbers and decimals as numbers, moments in ISO 8601, bytes in base64. */
final class JsonText {

  private JsonText() {}

  /** Appends the value. */
  static void append(Appendable out, @Nullable Object value) throws IOException {
    if (value == null || value instanceof Boolean) {
      out.append(String.valueOf(value));
    } else if (value instanceof Number number) {
      appendNumber(out, number);
    } else if (value instanceof List<?> list) {
      appendList(out, list);
    } else if (value instanceof Map<?, ?> map) {
      appendMap(out, map);
    } else {
      appendString(out, text(value));
    }
  }

  private static String text(Object value) {
    if (value instanceof OffsetDateTime moment) {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment);
    }
    if (value instanceof LocalDateTime moment) {
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(moment);
    }
    return value instanceof byte[] bytes
        ? Base64.getEncoder().encodeToString(bytes)
        : value.toString();
  }

  /** JSON has no NaN and no infinity: they become strings. */
  private static void appendNumber(Appendable out, Number number) throws IOException {
    if (number instanceof BigDecimal decimal) {
      out.append(decimal.toPlainString());
    } else if (!Double.isFinite(number.doubleValue())) {
      appendString(out, number.toString());
    } else {
      out.append(number.toString());
    }
  }

  private static void appendList(Appendable out, List<?> list) throws IOException {
    out.append('[');
    String separator = "";
    for (Object element : list) {
      out.append(separator);
      append(out, element);
      separator = ",";
    }
    out.append(']');
  }

  private static void appendMap(Appendable out, Map<?, ?> map) throws IOException {
    out.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator);
      appendString(out, String.valueOf(entry.getKey()));
      out.append(':');
      append(out, entry.getValue());
      separator = ",";
    }
    out.append('}');
  }

  /** Appends a quoted string. */
  static void appendString(Appendable out, String text) throws IOException {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> appendCharacter(out, c);
      }
    }
    out.append('"');
  }

  private static void appendCharacter(Appendable out, char c) throws IOException {
    if (c < ' ') {
      out.append(String.format("\\u%04x", (int) c));
    } else {
      out.append(c);
    }
  }
}
