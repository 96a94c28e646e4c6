package dev.weft.planner.function;

import dev.weft.planner.spi.RelationalCatalog.Argument;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Optionality;

/** An aggregate or window function of Spark's. */
public final class SparkAggregate extends SqlAggFunction implements SparkOperator {

  private final CallTypes types;
  private final List<Argument> constants;

  /**
   * A function.
   *
   * @param onlyOver whether it is a window function that cannot aggregate
   * @param constants literal arguments that Spark wants constant; they follow the call's own
   */
  SparkAggregate(String name, boolean onlyOver, List<Argument> constants, CallTypes types) {
    super(
        name,
        null,
        SqlKind.OTHER_FUNCTION,
        null,
        InferTypes.FIRST_KNOWN,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION,
        false,
        onlyOver,
        Optionality.OPTIONAL);
    this.types = types;
    this.constants = List.copyOf(constants);
  }

  @Override
  public String sparkName() {
    return getName();
  }

  /** SQL texts of the constant arguments behind the call's own. */
  public List<String> constants() {
    return constants.stream().map(constant -> constant.literal().orElseThrow()).toList();
  }

  List<Argument> constantArguments() {
    return constants;
  }

  @Override
  public boolean allowsNullTreatment() {
    return true;
  }

  @Override
  public RelDataType inferReturnType(SqlOperatorBinding binding) {
    if (getName().equals("count")) {
      return binding.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
    }
    return types.of(this, binding, isDistinct(binding));
  }

  /** Types the call as it stands: the function is known, Calcite need not look it up. */
  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    for (SqlNode operand : call.getOperandList()) {
      validator.deriveType(scope, operand);
    }
    return validateOperands(validator, scope, call);
  }

  private static boolean isDistinct(SqlOperatorBinding binding) {
    if (!(binding instanceof SqlCallBinding call)) {
      return false;
    }
    SqlLiteral quantifier = call.getCall().getFunctionQuantifier();
    return quantifier != null && quantifier.getValue() == SqlSelectKeyword.DISTINCT;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SparkAggregate that
        && getName().equals(that.getName())
        && constants.equals(that.constants);
  }

  @Override
  public int hashCode() {
    return getName().hashCode() * 31 + constants.hashCode();
  }
}
