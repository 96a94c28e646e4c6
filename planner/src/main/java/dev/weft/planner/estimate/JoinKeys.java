package dev.weft.planner.estimate;

import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** What a join finds its rows by. */
public final class JoinKeys {

  private JoinKeys() {}

  /** Whether a value of one side has to equal one of the other, with Spark's {@code =} too. */
  public static boolean has(Join join) {
    int left = join.getLeft().getRowType().getFieldCount();
    return RelOptUtil.conjunctions(join.getCondition()).stream().anyMatch(c -> isKey(c, left));
  }

  private static boolean isKey(RexNode condition, int left) {
    SqlKind kind = Comparison.kind(condition);
    if (kind != SqlKind.EQUALS && kind != SqlKind.IS_NOT_DISTINCT_FROM) {
      return false;
    }
    List<ImmutableBitSet> sides =
        Comparison.operands(condition).stream().map(RelOptUtil.InputFinder::bits).toList();
    return isApart(sides.get(0), sides.get(1), left) || isApart(sides.get(1), sides.get(0), left);
  }

  private static boolean isApart(ImmutableBitSet one, ImmutableBitSet other, int left) {
    boolean named = !one.isEmpty() && !other.isEmpty();
    return named && one.length() <= left && other.nextSetBit(0) >= left;
  }
}
