package dev.weft.planner.estimate;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.OptionalDouble;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;

/** The place of a constant on the line of numbers, dates as days since 1970. */
final class Constants {

  private static final double MILLIS_PER_DAY = 86_400_000;

  private Constants() {}

  static OptionalDouble value(RexNode expression) {
    if (expression instanceof RexLiteral literal) {
      return literal.isNull() ? OptionalDouble.empty() : value(literal);
    }
    if (!(expression instanceof RexCall call) || call.getOperands().isEmpty()) {
      return OptionalDouble.empty();
    }
    RexNode first = call.getOperands().get(0);
    return switch (Comparison.kind(call)) {
      case CAST, SAFE_CAST -> cast(first, call.getType());
      case PLUS -> both(call, Double::sum);
      case MINUS -> both(call, (left, right) -> left - right);
      case TIMES -> both(call, (left, right) -> left * right);
      default -> OptionalDouble.empty();
    };
  }

  private static OptionalDouble value(RexLiteral literal) {
    Object value = literal.getValue();
    if (literal.getType().getSqlTypeName() == SqlTypeName.DATE) {
      DateString date = literal.getValueAs(DateString.class);
      return date == null ? OptionalDouble.empty() : OptionalDouble.of(date.getDaysSinceEpoch());
    }
    if (SqlTypeName.DAY_INTERVAL_TYPES.contains(literal.getType().getSqlTypeName())) {
      BigDecimal millis = literal.getValueAs(BigDecimal.class);
      return millis == null
          ? OptionalDouble.empty()
          : OptionalDouble.of(millis.doubleValue() / MILLIS_PER_DAY);
    }
    return SqlTypeName.NUMERIC_TYPES.contains(literal.getType().getSqlTypeName())
            && value instanceof Number number
        ? OptionalDouble.of(number.doubleValue())
        : OptionalDouble.empty();
  }

  private static OptionalDouble cast(RexNode operand, RelDataType type) {
    boolean text =
        operand instanceof RexLiteral literal
            && SqlTypeName.CHAR_TYPES.contains(literal.getType().getSqlTypeName());
    if (!text) {
      return value(operand);
    }
    return number(String.valueOf(((RexLiteral) operand).getValueAs(String.class)).strip(), type);
  }

  private static OptionalDouble number(String text, RelDataType type) {
    try {
      return type.getSqlTypeName() == SqlTypeName.DATE
          ? OptionalDouble.of((double) LocalDate.parse(text).toEpochDay())
          : SqlTypeName.NUMERIC_TYPES.contains(type.getSqlTypeName())
              ? OptionalDouble.of(Double.parseDouble(text))
              : OptionalDouble.empty();
    } catch (DateTimeException | NumberFormatException unreadable) {
      return OptionalDouble.empty();
    }
  }

  private static OptionalDouble both(
      RexCall call, java.util.function.DoubleBinaryOperator operator) {
    OptionalDouble left = value(call.getOperands().get(0));
    OptionalDouble right = call.getOperands().size() == 2 ? value(call.getOperands().get(1)) : left;
    return left.isEmpty() || right.isEmpty() || call.getOperands().size() != 2
        ? OptionalDouble.empty()
        : OptionalDouble.of(operator.applyAsDouble(left.getAsDouble(), right.getAsDouble()));
  }
}
