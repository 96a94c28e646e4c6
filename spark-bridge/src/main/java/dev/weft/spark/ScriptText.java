package dev.weft.spark;

import dev.weft.spark.convert.Catalyst;
import dev.weft.spark.convert.CatalystPlans;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.Option;
import scala.Tuple3;
import scala.runtime.AbstractFunction1;

/**
 * A text as Spark parses it, with the script's tables put in where it reads them. Each use gets a
 * plan of its own, so Spark's catalog never holds a script's names, and no two columns share an id.
 */
final class ScriptText {

  private final ScriptTables tables;
  private final Function<RelNode, LogicalPlan> plans;

  ScriptText(ScriptTables tables, Function<RelNode, LogicalPlan> plans) {
    this.tables = tables;
    this.plans = plans;
  }

  LogicalPlan resolve(LogicalPlan parsed) {
    return resolve(parsed, Set.of());
  }

  /** {@code hidden} are the names of WITH around here, which hide tables of the same name. */
  private LogicalPlan resolve(LogicalPlan plan, Set<String> hidden) {
    if (plan instanceof UnresolvedRelation relation) {
      return table(relation, hidden);
    }
    if (plan instanceof UnresolvedWith with) {
      return with(with, hidden);
    }
    LogicalPlan inside = plan.mapChildren(new PlanFunction(child -> resolve(child, hidden)));
    return inside.mapExpressions(new ExpressionFunction(e -> queries(e, hidden)));
  }

  private LogicalPlan table(UnresolvedRelation relation, Set<String> hidden) {
    List<String> parts = Catalyst.list(relation.multipartIdentifier());
    String name = parts.get(parts.size() - 1);
    RelNode table = parts.size() == 1 ? tables.table(name) : null;
    return table == null || hidden.contains(name.toLowerCase(Locale.ROOT))
        ? relation
        : CatalystPlans.named(name, plans.apply(table));
  }

  private LogicalPlan with(UnresolvedWith with, Set<String> hidden) {
    Set<String> inner = new HashSet<>(hidden);
    List<Tuple3<String, SubqueryAlias, Option<Object>>> relations = new ArrayList<>();
    for (var relation : Catalyst.list(with.cteRelations())) {
      SubqueryAlias alias = (SubqueryAlias) resolve(relation._2(), Set.copyOf(inner));
      relations.add(new Tuple3<>(relation._1(), alias, relation._3()));
      inner.add(relation._1().toLowerCase(Locale.ROOT));
    }
    return new UnresolvedWith(
        resolve(with.child(), inner), Catalyst.seq(relations), with.allowRecursion());
  }

  private Expression queries(Expression expression, Set<String> hidden) {
    Expression inside =
        expression.mapChildren(new ExpressionFunction(child -> queries(child, hidden)));
    return inside instanceof SubqueryExpression query
        ? (Expression) query.withNewPlan(resolve(query.plan(), hidden))
        : inside;
  }

  private static final class PlanFunction extends AbstractFunction1<LogicalPlan, LogicalPlan> {
    private final Function<LogicalPlan, LogicalPlan> function;

    PlanFunction(Function<LogicalPlan, LogicalPlan> function) {
      this.function = function;
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan) {
      return function.apply(plan);
    }
  }

  private static final class ExpressionFunction extends AbstractFunction1<Expression, Expression> {
    private final Function<Expression, Expression> function;

    ExpressionFunction(Function<Expression, Expression> function) {
      this.function = function;
    }

    @Override
    public Expression apply(Expression expression) {
      return function.apply(expression);
    }
  }
}
