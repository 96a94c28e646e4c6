package dev.weft.planner.function;

import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/**
 * An expression that Calcite has no form for, such as a call with a lambda: Spark's own text, in
 * which the operands stand under the names {@code __p0}, {@code __p1}, ….
 */
public final class SparkTemplate extends SqlFunction {

  private final CallTypes types;

  SparkTemplate(String text, CallTypes types) {
    super(
        text,
        SqlKind.OTHER_FUNCTION,
        null,
        InferTypes.FIRST_KNOWN,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.types = types;
  }

  /** The name of an operand in the text. */
  public static String place(int operand) {
    return "__p" + operand;
  }

  /** Spark's text. */
  public String text() {
    return getName();
  }

  @Override
  public RelDataType inferReturnType(SqlOperatorBinding binding) {
    return types.ofText(text(), binding);
  }

  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    for (SqlNode operand : call.getOperandList()) {
      validator.deriveType(scope, operand);
    }
    return validateOperands(validator, scope, call);
  }

  @Override
  public boolean isDeterministic() {
    String lower = text().toLowerCase(Locale.ROOT);
    return SparkFunction.VOLATILE.stream().noneMatch(name -> lower.contains(name + "("));
  }
}
