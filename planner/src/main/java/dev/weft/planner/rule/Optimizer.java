package dev.weft.planner.rule;

import dev.weft.planner.rel.Shown;
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
      RelNode merged = AggregateMerge.merge(Shown.below(relation));
      RelNode limited = LimitPushDown.push(FilterPushDown.push(merged));
      RelNode pruned = subqueries(SentSides.mark(ordered(ColumnPruning.prune(limited))));
      return relation instanceof Shown
          ? Shown.under(relation.getRowType().getFieldNames(), pruned)
          : pruned;
    } catch (StackOverflowError tooDeep) {
      return relation;
    }
  }

  private static RelNode ordered(RelNode pruned) {
    RelNode ordered = JoinOrder.reorder(pruned);
    return ordered == pruned ? pruned : ColumnPruning.prune(ordered);
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
