package dev.weft.planner.function;

import dev.weft.planner.spi.RelationalCatalog.Argument;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;

/** An aggregate or window function of Spark's. */
public final class SparkAggregate extends SqlAggFunction implements SparkOperator {

  private final CallTypes types;
  private final List<Argument> constants;
  private final SqlNodeList within;

  /** The type found while text is checked: the plan no longer knows the keys' types. */
  private @Nullable RelDataType known;

  /**
   * A function.
   *
   * @param onlyOver whether it is a window function that cannot aggregate
   * @param within the keys of WITHIN GROUP, which its type may depend on
   * @param constants literal arguments that Spark wants constant; they follow the call's own
   */
  SparkAggregate(
      String name,
      boolean onlyOver,
      List<Argument> constants,
      SqlNodeList within,
      CallTypes types) {
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
    this.within = within;
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
    if (known != null) {
      return known;
    }
    return types.of(this, binding, isDistinct(binding));
  }

  /** Types the call as it stands: the function is known, Calcite need not look it up. */
  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    for (SqlNode operand : call.getOperandList()) {
      validator.deriveType(scope, operand);
    }
    if (!within.isEmpty()) {
      known =
          types.within(this, new SqlCallBinding(validator, scope, call), keys(validator, scope));
    }
    return validateOperands(validator, scope, call);
  }

  private List<RelDataType> keys(SqlValidator validator, SqlValidatorScope scope) {
    List<RelDataType> keys = new ArrayList<>();
    for (SqlNode key : within) {
      keys.add(validator.deriveType(scope, key));
    }
    return keys;
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
