package dev.weft.planner.validate;

import dev.weft.planner.function.SparkCast;
import dev.weft.planner.function.SparkOperator;
import dev.weft.planner.function.SparkTemplate;
import dev.weft.planner.model.AnswerFunction;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;

/** Converts Spark's functions as they stand, instead of rewriting them as Calcite would. */
public final class SparkConvertlets implements SqlRexConvertletTable {

  @Override
  public @Nullable SqlRexConvertlet get(SqlCall call) {
    if (call.getOperator() instanceof SparkOperator
        || call.getOperator() instanceof SparkTemplate
        || call.getOperator() instanceof AnswerFunction) {
      return SparkConvertlets::plain;
    }
    if (call.getOperator() instanceof SparkCast cast) {
      return (context, node) -> cast(cast, context, node);
    }
    return StandardConvertletTable.INSTANCE.get(call);
  }

  private static RexNode plain(SqlRexContext context, SqlCall call) {
    List<RexNode> operands = new ArrayList<>();
    for (SqlNode operand : call.getOperandList()) {
      operands.add(context.convertExpression(operand));
    }
    RelDataType type = context.getValidator().getValidatedNodeType(call);
    return context
        .getRexBuilder()
        .makeCall(call.getParserPosition(), type, call.getOperator(), operands);
  }

  private static RexNode cast(SparkCast cast, SqlRexContext context, SqlCall call) {
    RexNode operand = context.convertExpression(call.operand(0));
    RelDataType type = context.getValidator().getValidatedNodeType(call);
    return context
        .getRexBuilder()
        .makeAbstractCast(call.getParserPosition(), type, operand, cast.safe());
  }
}
