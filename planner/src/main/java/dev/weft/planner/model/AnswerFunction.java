package dev.weft.planner.model;

import dev.weft.grammar.Span;
import dev.weft.planner.PredictionColumns;
import dev.weft.planner.plan.PlannedModel;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelSignature.Feature;
import dev.weft.planner.types.SparkTypes;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/**
 * One answer of a model, as a scalar PREDICT stands in an expression; the operands are what it reads
 * of raw rows, in the order of the signature. No plan keeps it: {@link AnswersBelow} takes it out.
 */
public final class AnswerFunction extends SqlFunction {

  private final PlannedModel model;
  private final int output;
  private final transient Span place;

  /**
   * An answer.
   *
   * @param output which of {@link PredictionColumns#of} it is
   * @param place where errors about the features point
   */
  public AnswerFunction(PlannedModel model, int output, Span place, RelDataTypeFactory types) {
    // Calcite takes calls of one name for the same where it compares keys and items.
    super(
        "PREDICT " + model + " " + output,
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.explicit(SparkTypes.of(column(model, output), types)),
        InferTypes.explicit(features(model, types)),
        OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.model = model;
    this.output = output;
    this.place = place;
  }

  private static Column column(PlannedModel model, int output) {
    return PredictionColumns.of(model.signature()).get(output);
  }

  /** What parameters are read as that stand for features. */
  private static List<RelDataType> features(PlannedModel model, RelDataTypeFactory types) {
    List<RelDataType> all = new ArrayList<>();
    for (Feature feature : model.signature().inputs()) {
      all.add(SparkTypes.parse(feature.type(), types));
    }
    return all;
  }

  PlannedModel model() {
    return model;
  }

  int output() {
    return output;
  }

  Span place() {
    return place;
  }

  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    for (SqlNode operand : call.getOperandList()) {
      validator.deriveType(scope, operand);
    }
    return validateOperands(validator, scope, call);
  }
}
