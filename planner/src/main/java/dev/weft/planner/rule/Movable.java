package dev.weft.planner.rule;

import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/** Which expressions mean the same elsewhere in a plan. */
final class Movable {

  private Movable() {}

  static boolean all(List<RexNode> expressions) {
    return expressions.stream().allMatch(Movable::is);
  }

  /** Not what changes from call to call, looks at other rows, or belongs to a query around. */
  static boolean is(RexNode expression) {
    return RexUtil.isDeterministic(expression)
        && !RexOver.containsOver(expression)
        && !refersOutside(expression);
  }

  static ImmutableBitSet inputs(RexNode expression) {
    return RelOptUtil.InputFinder.bits(expression);
  }

  private static boolean refersOutside(RexNode expression) {
    try {
      expression.accept(
          new RexVisitorImpl<@Nullable Void>(true) {
            @Override
            public @Nullable Void visitSubQuery(RexSubQuery query) {
              throw Util.FoundOne.NULL;
            }

            @Override
            public @Nullable Void visitCorrelVariable(RexCorrelVariable variable) {
              throw Util.FoundOne.NULL;
            }
          });
      return false;
    } catch (Util.FoundOne found) {
      return true;
    }
  }
}
