package dev.weft.planner.rule;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/** The rules in their order. */
public final class Optimizer {

  private Optimizer() {}

  /** The same rows by a shorter way; by the way they are, where a chain is too long to walk. */
  public static RelNode optimize(RelNode relation) {
    try {
      RelNode limited = LimitPushDown.push(FilterPushDown.push(relation));
      return subqueries(ColumnPruning.prune(limited));
    } catch (StackOverflowError tooDeep) {
      return relation;
    }
  }

  /** The queries inside expressions, each for itself. */
  private static RelNode subqueries(RelNode relation) {
    RexShuttle expressions =
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery query) {
            return query.clone(optimize(query.rel));
          }
        };
    return relation.accept(
        new RelShuttleImpl() {
          @Override
          protected RelNode visitChildren(RelNode node) {
            return super.visitChildren(node).accept(expressions);
          }
        });
  }
}
