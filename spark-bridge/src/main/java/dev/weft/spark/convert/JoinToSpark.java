package dev.weft.spark.convert;

import dev.weft.planner.rule.SentSides;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rex.RexUtil;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.JoinType$;
import org.apache.spark.sql.catalyst.plans.logical.JoinHint;
import org.jspecify.annotations.Nullable;

/** Joins, and LATERAL as Calcite's Correlate. */
final class JoinToSpark {

  private final ToSpark all;

  JoinToSpark(ToSpark all) {
    this.all = all;
  }

  Relation convert(Join join, Scope scope) {
    Relation left = all.relation(join.getLeft(), scope);
    if (join.getRight().stripped() instanceof TableFunctionScan generator && keepsLeft(join)) {
      // What is generated may read a query around both, which no side of a join may in Spark.
      boolean outer = join.getJoinType() == JoinRelType.LEFT;
      return new GenerateToSpark(all).behind(left, generator, scope, outer);
    }
    Relation right = all.relation(join.getRight(), scope);
    List<String> both = both(left, right);
    Scope inner = scope.of(both, join.getVariablesSet());
    Expression condition = null;
    if (!join.getCondition().isAlwaysTrue()) {
      condition = new ExpressionToSpark(all, inner).convert(join.getCondition());
    }
    return new Relation(
        CatalystPlans.join(
            left.plan(),
            right.plan(),
            type(join.getJoinType(), condition),
            condition,
            SentSides.of(join).map(CatalystPlans::sent).orElse(JoinHint.NONE())),
        join.getJoinType().projectsRight() ? both : left.columns());
  }

  Relation convert(Correlate correlate, Scope scope) {
    Relation left = all.relation(correlate.getLeft(), scope);
    Scope inner = scope.of(left.columns(), List.of(correlate.getCorrelationId()));
    boolean outer = correlate.getJoinType() == JoinRelType.LEFT;
    if (correlate.getRight().stripped() instanceof TableFunctionScan generator) {
      return new GenerateToSpark(all).behind(left, generator, inner, outer);
    }
    if (!correlate.getJoinType().projectsRight()) {
      throw new UnsupportedOperationException("lateral " + correlate.getJoinType());
    }
    JoinType type = type(correlate.getJoinType(), Catalyst.TRUE);
    Optional<Filter> on = condition(correlate);
    Relation right = all.relation(on.map(Filter::getInput).orElse(correlate.getRight()), inner);
    return new Relation(
        CatalystPlans.lateralJoin(
            left.plan(),
            right.plan(),
            type,
            on.map(filter -> condition(filter, right, inner)).orElse(null)),
        both(left, right));
  }

  /**
   * The condition of ON, which Calcite keeps on the right; of what a generator reads of the left
   * Spark knows those shapes only that have none there.
   */
  private static Optional<Filter> condition(Correlate correlate) {
    return correlate.getRight().stripped() instanceof Filter filter
            && generates(filter.getInput())
            && RexUtil.SubQueryFinder.find(filter.getCondition()) == null
        ? Optional.of(filter)
        : Optional.empty();
  }

  private static boolean generates(RelNode rows) {
    RelNode plain = rows.stripped();
    return plain instanceof TableFunctionScan
        || plain.getInputs().stream().anyMatch(JoinToSpark::generates);
  }

  private Expression condition(Filter filter, Relation right, Scope inner) {
    Scope both = inner.of(right.columns(), Set.of());
    return new ExpressionToSpark(all, both).convert(filter.getCondition());
  }

  /** Whether each row on the left stands beside each on the right. */
  private static boolean keepsLeft(Join join) {
    return join.getCondition().isAlwaysTrue()
        && (join.getJoinType() == JoinRelType.INNER || join.getJoinType() == JoinRelType.LEFT);
  }

  private static List<String> both(Relation left, Relation right) {
    List<String> columns = new ArrayList<>(left.columns());
    columns.addAll(right.columns());
    return columns;
  }

  private static JoinType type(JoinRelType type, @Nullable Expression condition) {
    return JoinType$.MODULE$.apply(
        switch (type) {
          case INNER -> condition == null ? "cross" : "inner";
          case LEFT -> "left";
          case RIGHT -> "right";
          case FULL -> "full";
          case SEMI -> "leftsemi";
          case ANTI -> "leftanti";
          default -> throw new UnsupportedOperationException("join " + type);
        });
  }
}
