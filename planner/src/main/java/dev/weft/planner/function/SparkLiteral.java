package dev.weft.planner.function;

import java.math.BigDecimal;
import java.util.Optional;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/** Spark's text of a literal. */
public final class SparkLiteral {

  private SparkLiteral() {}

  /** The text; empty for kinds whose value no type depends on. */
  public static Optional<String> text(SqlLiteral literal) {
    return text(literal.getValue(), literal.getTypeName());
  }

  static Optional<String> text(RexLiteral literal) {
    return text(literal.getValue(), literal.getType().getSqlTypeName());
  }

  private static Optional<String> text(@Nullable Object value, SqlTypeName type) {
    if (value instanceof NlsString string) {
      return Optional.of(quoted(string.getValue()));
    }
    if (value instanceof Boolean truth) {
      return Optional.of(truth.toString());
    }
    if (value instanceof BigDecimal number) {
      return Optional.of(number.toPlainString() + (type == SqlTypeName.DOUBLE ? "D" : ""));
    }
    return Optional.empty();
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
