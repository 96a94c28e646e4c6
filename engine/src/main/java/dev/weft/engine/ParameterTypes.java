package dev.weft.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** The Arrow types that clients are told for {@code ?}. */
final class ParameterTypes {

  private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+),\\s*(\\d+)\\)");

  private ParameterTypes() {}

  static Schema schema(List<String> types) {
    List<Field> fields = new ArrayList<>();
    for (String type : types) {
      fields.add(Field.nullable("parameter_" + (fields.size() + 1), arrow(type)));
    }
    return new Schema(fields);
  }

  private static ArrowType arrow(String type) {
    Matcher decimal = DECIMAL.matcher(type);
    if (decimal.matches()) {
      return new ArrowType.Decimal(
          Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)), 128);
    }
    return switch (type) {
      case "tinyint" -> new ArrowType.Int(8, true);
      case "smallint" -> new ArrowType.Int(16, true);
      case "int" -> new ArrowType.Int(32, true);
      case "bigint" -> new ArrowType.Int(64, true);
      case "float" -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
      case "double" -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case "boolean" -> new ArrowType.Bool();
      case "date" -> new ArrowType.Date(DateUnit.DAY);
      case "timestamp", "timestamp_ntz" -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
      case "binary" -> new ArrowType.Binary();
      default -> new ArrowType.Utf8();
    };
  }
}
