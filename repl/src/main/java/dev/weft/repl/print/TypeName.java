package dev.weft.repl.print;

import java.util.stream.Collectors;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** The SQL name of an Arrow column's type, as Spark writes it. */
public final class TypeName {

  private TypeName() {}

  /** Such as {@code bigint} or {@code map<string,double>}. */
  public static String of(Field field) {
    ArrowType type = field.getType();
    if (type instanceof ArrowType.Map) {
      Field entry = field.getChildren().get(0);
      return "map" + children(entry, false);
    }
    if (type instanceof ArrowType.List || type instanceof ArrowType.FixedSizeList) {
      return "array" + children(field, false);
    }
    return type instanceof ArrowType.Struct ? "struct" + children(field, true) : scalar(type);
  }

  /** Whether values of the column are numbers and stand right in a table. */
  static boolean isNumber(Field field) {
    return switch (field.getType().getTypeID()) {
      case Int, FloatingPoint, Decimal -> true;
      default -> false;
    };
  }

  private static String children(Field field, boolean named) {
    return field.getChildren().stream()
        .map(child -> (named ? child.getName() + ":" : "") + of(child))
        .collect(Collectors.joining(",", "<", ">"));
  }

  private static String scalar(ArrowType type) {
    return switch (type.getTypeID()) {
      case Bool -> "boolean";
      case Int -> integer(((ArrowType.Int) type).getBitWidth());
      case FloatingPoint ->
          ((ArrowType.FloatingPoint) type).getPrecision() == FloatingPointPrecision.DOUBLE
              ? "double"
              : "float";
      case Decimal -> {
        ArrowType.Decimal decimal = (ArrowType.Decimal) type;
        yield "decimal(" + decimal.getPrecision() + "," + decimal.getScale() + ")";
      }
      case Utf8, LargeUtf8, Utf8View -> "string";
      case Binary, LargeBinary, FixedSizeBinary, BinaryView -> "binary";
      case Date -> "date";
      case Time -> "time";
      case Timestamp ->
          ((ArrowType.Timestamp) type).getTimezone() == null ? "timestamp_ntz" : "timestamp";
      case Duration, Interval -> "interval";
      case Null -> "void";
      default -> type.toString();
    };
  }

  private static String integer(int bits) {
    return switch (bits) {
      case 8 -> "tinyint";
      case 16 -> "smallint";
      case 32 -> "int";
      default -> "bigint";
    };
  }
}
