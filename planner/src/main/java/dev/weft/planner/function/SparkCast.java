package dev.weft.planner.function;

import dev.weft.planner.types.SparkTypes;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/**
 * A cast while text is being validated, its type part of its name so that two casts compare as they
 * should; in the plan it is Calcite's CAST or SAFE_CAST.
 */
public final class SparkCast extends SqlFunction {

  private final RelDataType type;
  private final boolean safe;
  private final @Nullable CallTypes types;

  /**
   * A cast to a type.
   *
   * @param safe whether a value that cannot be cast is null instead of an error
   */
  public SparkCast(RelDataType type, boolean safe) {
    this(type, safe, null);
  }

  /** The same for a cast that may be impossible: what is not plain is asked from Spark. */
  SparkCast(RelDataType type, boolean safe, @Nullable CallTypes types) {
    super(
        (safe ? "try_cast " : "cast ") + SparkTypes.text(type),
        SqlKind.OTHER_FUNCTION,
        null,
        null,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.SYSTEM);
    this.type = type;
    this.safe = safe;
    this.types = types;
  }

  /** Whether it is TRY_CAST. */
  public boolean safe() {
    return safe;
  }

  /** Parameters under a cast have its type. */
  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    validator.deriveType(scope, call.operand(0));
    return validateOperands(validator, scope, call);
  }

  @Override
  public RelDataType inferReturnType(SqlOperatorBinding binding) {
    if (types != null && !PlainTypes.casts(binding.getOperandType(0), type)) {
      String function = safe ? "try_cast(" : "cast(";
      types.ofText(
          function + SparkTemplate.place(0) + " as " + SparkTypes.text(type) + ")", binding);
    }
    boolean nullable = safe || binding.getOperandType(0).isNullable();
    return binding.getTypeFactory().createTypeWithNullability(type, nullable);
  }
}
