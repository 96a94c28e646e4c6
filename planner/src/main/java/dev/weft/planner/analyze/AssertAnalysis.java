package dev.weft.planner.analyze;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Places;
import dev.weft.grammar.Span;
import dev.weft.grammar.ast.Assert;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.AssertPlan;
import dev.weft.planner.query.QueryPlanner.Named;
import dev.weft.planner.types.SparkTypes;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/** ASSERT: one row with one boolean. */
final class AssertAnalysis {

  private final ScriptState state;

  AssertAnalysis(ScriptState state) {
    this.state = state;
  }

  StatementPlan plan(Assert statement) {
    Span place = Places.of(statement.span().source(), statement.condition().tree());
    Named condition = new Named(statement.condition().tree(), "condition");
    RelNode relation = state.queries().value(condition, statement.span().source(), state);
    RelDataType type = relation.getRowType().getFieldList().get(0).getType();
    if (type.getSqlTypeName() != SqlTypeName.BOOLEAN && type.getSqlTypeName() != SqlTypeName.NULL) {
      throw ErrorCode.TYPE_MISMATCH.failure(
          place, "ASSERT needs a boolean, and this is " + SparkTypes.text(type) + "; compare it");
    }
    return new AssertPlan(
        statement.span(), relation, place.text(), statement.message().map(Options::text));
  }
}
