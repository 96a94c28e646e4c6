package dev.weft.spark.convert;

import org.apache.calcite.rex.RexSubQuery;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Subqueries, left to Spark; what they refer to outside is found by name. */
final class SubqueryToSpark {

  private final ToSpark all;
  private final Scope scope;
  private final ExpressionToSpark expressions;

  SubqueryToSpark(ToSpark all, Scope scope, ExpressionToSpark expressions) {
    this.all = all;
    this.scope = scope;
    this.expressions = expressions;
  }

  Expression convert(RexSubQuery query) {
    Relation relation = all.relation(query.rel, scope);
    LogicalPlan plan = relation.plan();
    return switch (query.getKind()) {
      case EXISTS -> Catalyst.exists(plan);
      case IN ->
          Catalyst.inQuery(
              expressions.convert(query.getOperands()), plan, relation.columns().size());
      case SCALAR_QUERY -> Catalyst.scalarQuery(AggregateOnTop.of(plan));
      default -> throw new UnsupportedOperationException("subquery " + query.getKind());
    };
  }
}
