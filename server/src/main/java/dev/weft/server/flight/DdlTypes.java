package dev.weft.server.flight;

import dev.weft.planner.spi.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.jspecify.annotations.Nullable;

/** Spark's type texts as Arrow fields, the way Spark itself sends such columns. */
final class DdlTypes {

  private DdlTypes() {}

  /** A column as an Arrow field; a type unknown here shows as text. */
  static Field field(Column column) {
    return field(column.name(), column.type().trim(), column.nullable());
  }

  private static Field field(String name, String type, boolean nullable) {
    String lower = type.toLowerCase(Locale.ROOT);
    String inner =
        type.substring(
            type.indexOf('<') + 1, Math.max(type.lastIndexOf('>'), type.indexOf('<') + 1));
    if (lower.startsWith("array<")) {
      return nested(name, new ArrowType.List(), nullable, List.of(field("element", inner, true)));
    }
    if (lower.startsWith("map<")) {
      List<String> parts = split(inner);
      Field key = field("key", parts.get(0), false);
      Field value = field("value", parts.get(1), true);
      Field entry = nested("entries", new ArrowType.Struct(), false, List.of(key, value));
      return nested(name, new ArrowType.Map(false), nullable, List.of(entry));
    }
    if (lower.startsWith("struct<")) {
      List<Field> members = split(inner).stream().map(DdlTypes::member).toList();
      return nested(name, new ArrowType.Struct(), nullable, members);
    }
    return nested(name, simple(lower), nullable, null);
  }

  private static Field member(String text) {
    int end = text.startsWith("`") ? text.indexOf('`', 1) + 1 : text.indexOf(':');
    String rest = text.substring(end).trim();
    String type = rest.startsWith(":") ? rest.substring(1).trim() : rest;
    return field(text.substring(0, end).replace("`", "").trim(), type, true);
  }

  private static Field nested(
      String name, ArrowType type, boolean nullable, @Nullable List<Field> children) {
    return new Field(name, new FieldType(nullable, type, null), children);
  }

  private static ArrowType simple(String type) {
    if (type.startsWith("decimal")) {
      return decimal(type);
    }
    return switch (type) {
      case "tinyint", "byte" -> new ArrowType.Int(8, true);
      case "smallint", "short" -> new ArrowType.Int(16, true);
      case "int", "integer" -> new ArrowType.Int(32, true);
      case "bigint", "long" -> new ArrowType.Int(64, true);
      case "float", "real" -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
      case "double" -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case "boolean" -> new ArrowType.Bool();
      case "date" -> new ArrowType.Date(DateUnit.DAY);
      case "timestamp", "timestamp_ltz" -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
      case "timestamp_ntz" -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
      case "binary" -> new ArrowType.Binary();
      case "void", "null" -> new ArrowType.Null();
      default -> interval(type);
    };
  }

  private static ArrowType interval(String type) {
    if (type.startsWith("interval year") || type.startsWith("interval month")) {
      return new ArrowType.Interval(IntervalUnit.YEAR_MONTH);
    }
    return type.startsWith("interval ")
        ? new ArrowType.Duration(TimeUnit.MICROSECOND)
        : new ArrowType.Utf8();
  }

  private static ArrowType decimal(String type) {
    int open = type.indexOf('(');
    if (open < 0) {
      return new ArrowType.Decimal(10, 0, 128);
    }
    List<String> numbers = split(type.substring(open + 1, type.indexOf(')')));
    int scale = numbers.size() > 1 ? Integer.parseInt(numbers.get(1)) : 0;
    return new ArrowType.Decimal(Integer.parseInt(numbers.get(0)), scale, 128);
  }

  /** Splits at the commas outside brackets. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '<' || c == '(' ? 1 : c == '>' || c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        parts.add(text.substring(start, i).trim());
        start = i + 1;
      }
    }
    parts.add(text.substring(start).trim());
    return parts;
  }
}
