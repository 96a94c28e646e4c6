package dev.weft.spark.convert;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import scala.runtime.AbstractFunction1;

/**
 * A projection of an aggregate as one aggregate. Spark joins a correlated scalar query straight to
 * the rows around it only where it sees an aggregate on top; under a projection it first collects
 * the distinct values of those rows, and so computes them a second time.
 */
final class AggregateOnTop {

  private AggregateOnTop() {}

  /** The same rows, with the aggregate on top where that can be. */
  static LogicalPlan of(LogicalPlan plan) {
    if (!(plan instanceof Project project && project.child() instanceof Aggregate aggregate)) {
      return plan;
    }
    List<NamedExpression> columns = Catalyst.list(project.projectList());
    if (columns.stream().anyMatch(column -> looksElsewhere((Expression) column))) {
      return plan;
    }
    Map<String, Expression> values = new HashMap<>();
    for (NamedExpression result : Catalyst.list(aggregate.aggregateExpressions())) {
      values.put(
          result.name(), result instanceof Alias alias ? alias.child() : (Expression) result);
    }
    List<NamedExpression> results =
        columns.stream()
            .map(column -> (NamedExpression) over((Expression) column, values))
            .toList();
    return CatalystPlans.aggregate(
        Catalyst.list(aggregate.groupingExpressions()), results, aggregate.child());
  }

  private static boolean looksElsewhere(Expression expression) {
    return expression instanceof WindowExpression
        || expression instanceof SubqueryExpression
        || Catalyst.list(expression.children()).stream().anyMatch(AggregateOnTop::looksElsewhere);
  }

  private static Expression over(Expression expression, Map<String, Expression> values) {
    if (expression instanceof UnresolvedAttribute column) {
      return values.getOrDefault(column.name(), expression);
    }
    return expression.mapChildren(
        new AbstractFunction1<>() {
          @Override
          public Expression apply(Expression child) {
            return over(child, values);
          }
        });
  }
}
