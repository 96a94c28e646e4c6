package dev.weft.planner.query;

import dev.weft.planner.function.SparkCast;
import dev.weft.planner.param.ParamValue;
import dev.weft.planner.types.SparkTypes;
import dev.weft.planner.validate.SparkNumber;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** The value of a parameter as a literal of its own type. */
final class ParameterValue {

  private ParameterValue() {}

  /** The value of a declared parameter, of its declared type. */
  static SqlNode of(ParamValue value, SqlParserPos place, RelDataTypeFactory types) {
    if (value.text().isEmpty()) {
      return cast(SqlLiteral.createNull(place), value.type(), place, types);
    }
    String text = value.text().get();
    return switch (value.type()) {
      case "string" -> of((Object) text, place, types);
      case "boolean" -> of(Boolean.valueOf(text), place, types);
      case "tinyint" -> of(Byte.valueOf(text), place, types);
      case "smallint" -> of(Short.valueOf(text), place, types);
      case "int" -> of(Integer.valueOf(text), place, types);
      case "bigint" -> of(Long.valueOf(text), place, types);
      case "double" -> of(Double.valueOf(text), place, types);
      case "date", "timestamp", "timestamp_ntz", "float" ->
          cast(SqlLiteral.createCharString(text, place), value.type(), place, types);
      default ->
          new SparkNumber(new BigDecimal(text), SparkTypes.parse(value.type(), types), place);
    };
  }

  static SqlNode of(@Nullable Object value, SqlParserPos place, RelDataTypeFactory types) {
    if (value == null) {
      return SqlLiteral.createNull(place);
    }
    if (value instanceof Boolean truth) {
      return SqlLiteral.createBoolean(truth, place);
    }
    if (value instanceof Number number) {
      return number(number, place, types);
    }
    String type =
        value instanceof LocalDate
            ? "date"
            : value instanceof LocalDateTime
                ? "timestamp_ntz"
                : value instanceof Instant ? "timestamp" : "";
    SqlNode text = SqlLiteral.createCharString(Objects.toString(value), place);
    return type.isEmpty() ? text : cast(text, type, place, types);
  }

  private static SqlNode number(Number value, SqlParserPos place, RelDataTypeFactory types) {
    if (value instanceof Float || value instanceof Double) {
      double number = value.doubleValue();
      if (!Double.isFinite(number)) {
        return cast(SqlLiteral.createCharString("" + number, place), "double", place, types);
      }
      SqlNode literal =
          new SparkNumber(
              BigDecimal.valueOf(number), types.createSqlType(SqlTypeName.DOUBLE), place);
      return value instanceof Float ? cast(literal, "float", place, types) : literal;
    }
    if (value instanceof BigDecimal || value instanceof BigInteger) {
      BigDecimal decimal = new BigDecimal(value.toString());
      BigDecimal plain = decimal.scale() < 0 ? decimal.setScale(0) : decimal;
      int precision = Math.max(plain.precision(), plain.scale());
      return new SparkNumber(
          plain, types.createSqlType(SqlTypeName.DECIMAL, precision, plain.scale()), place);
    }
    SqlTypeName type =
        value instanceof Long
            ? SqlTypeName.BIGINT
            : value instanceof Short
                ? SqlTypeName.SMALLINT
                : value instanceof Byte ? SqlTypeName.TINYINT : SqlTypeName.INTEGER;
    return new SparkNumber(BigDecimal.valueOf(value.longValue()), types.createSqlType(type), place);
  }

  private static SqlNode cast(
      SqlNode value, String type, SqlParserPos place, RelDataTypeFactory types) {
    return new SparkCast(SparkTypes.parse(type, types), false).createCall(place, value);
  }
}
