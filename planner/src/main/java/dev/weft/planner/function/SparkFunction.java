package dev.weft.planner.function;

import java.util.Locale;
import java.util.Set;
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
 * A scalar function or operator of Spark's. All are of one kind, so that no rule of Calcite's takes
 * {@code =} or {@code +} for its own and rewrites it.
 */
public final class SparkFunction extends SqlFunction implements SparkOperator {

  static final Set<String> VOLATILE =
      Set.of(
          "rand",
          "random",
          "randn",
          "randstr",
          "uniform",
          "uuid",
          "shuffle",
          "monotonically_increasing_id",
          "spark_partition_id",
          "input_file_name",
          "input_file_block_start",
          "input_file_block_length",
          "java_method",
          "reflect",
          "try_reflect",
          "raise_error",
          "assert_true");

  private final CallTypes types;

  SparkFunction(String name, CallTypes types) {
    super(
        name,
        SqlKind.OTHER_FUNCTION,
        null,
        InferTypes.FIRST_KNOWN,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.types = types;
  }

  @Override
  public String sparkName() {
    return getName();
  }

  @Override
  public RelDataType inferReturnType(SqlOperatorBinding binding) {
    return types.of(getName(), binding);
  }

  /** Types the call as it stands: the function is known, Calcite need not look it up. */
  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    for (SqlNode operand : call.getOperandList()) {
      validator.deriveType(scope, operand);
    }
    return validateOperands(validator, scope, call);
  }

  /** What changes from call to call, or raises an error, is neither copied nor moved. */
  @Override
  public boolean isDeterministic() {
    return !VOLATILE.contains(getName().toLowerCase(Locale.ROOT));
  }
}
