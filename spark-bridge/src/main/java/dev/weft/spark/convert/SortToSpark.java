package dev.weft.spark.convert;

import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexNode;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.Descending$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NullOrdering;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.NullsLast$;
import org.apache.spark.sql.catalyst.expressions.SortDirection;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** ORDER BY, LIMIT and OFFSET. */
final class SortToSpark {

  private final ToSpark all;

  SortToSpark(ToSpark all) {
    this.all = all;
  }

  Relation convert(Sort sort, Scope scope) {
    Relation input = all.relation(sort.getInput(), scope);
    LogicalPlan plan = input.plan();
    List<SortOrder> orders =
        sort.getCollation().getFieldCollations().stream()
            .map(field -> order(input.column(field.getFieldIndex()), field))
            .toList();
    if (!orders.isEmpty()) {
      plan = CatalystPlans.sort(orders, plan);
    }
    ExpressionToSpark expressions = new ExpressionToSpark(all, scope);
    RexNode offset = sort.offset;
    if (offset != null) {
      plan = CatalystPlans.offset(expressions.count(offset), plan);
    }
    RexNode fetch = sort.fetch;
    if (fetch != null) {
      plan = CatalystPlans.limit(expressions.count(fetch), plan);
    }
    return input.over(plan);
  }

  /** Where nothing is said about nulls, Spark's rule: smaller than any value. */
  static SortOrder order(Expression value, RelFieldCollation field) {
    return order(value, field.getDirection().isDescending(), field.nullDirection);
  }

  static SortOrder order(
      Expression value, boolean descending, RelFieldCollation.NullDirection nulls) {
    SortDirection direction = descending ? Descending$.MODULE$ : Ascending$.MODULE$;
    boolean first =
        switch (nulls) {
          case FIRST -> true;
          case LAST -> false;
          case UNSPECIFIED -> !descending;
        };
    NullOrdering order = first ? NullsFirst$.MODULE$ : NullsLast$.MODULE$;
    return Catalyst.order(value, direction, order);
  }
}
