package dev.weft.spark.convert;

import org.apache.calcite.rel.core.Filter;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** WHERE and HAVING. */
final class FilterToSpark {

  private final ToSpark all;

  FilterToSpark(ToSpark all) {
    this.all = all;
  }

  Relation convert(Filter filter, Scope scope) {
    Relation input = all.relation(filter.getInput(), scope);
    Scope inner = scope.of(input.columns(), filter.getVariablesSet());
    Expression condition = new ExpressionToSpark(all, inner).convert(filter.getCondition());
    return input.over(CatalystPlans.filter(condition, input.plan()));
  }
}
