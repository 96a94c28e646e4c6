package dev.weft.planner.function;

import java.math.BigDecimal;
import java.util.Optional;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.NlsString;

/** Spark's text of a literal. */
public final class SparkLiteral {

  private SparkLiteral() {}

  /** The text; empty for kinds whose value no type depends on. */
  public static Optional<String> text(SqlLiteral literal) {
    Object value = literal.getValue();
    if (value instanceof NlsString string) {
      return Optional.of(quoted(string.getValue()));
    }
    if (value instanceof Boolean truth) {
      return Optional.of(truth.toString());
    }
    if (literal instanceof SqlNumericLiteral number && value instanceof BigDecimal decimal) {
      String suffix = number.getTypeName() == SqlTypeName.DOUBLE ? "D" : "";
      return Optional.of(decimal.toPlainString() + suffix);
    }
    return Optional.empty();
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
