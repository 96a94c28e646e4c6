package dev.weft.planner.explain;

import dev.weft.planner.rel.Predict;
import dev.weft.planner.rel.SharedRows;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.util.ImmutableBitSet;

/** The rows of steps that nobody counts, where they follow from those of their inputs. */
final class CountedRows {

  private static final List<ImmutableBitSet> ALL = List.of(ImmutableBitSet.of());

  private CountedRows() {}

  static String text(long rows) {
    return rows + (rows == 1 ? " row" : " rows");
  }

  /** Whether each row of the input is one of the node's. */
  static boolean passes(RelNode node) {
    return node instanceof Project
        || node instanceof Predict
        || (node instanceof Sort sort && sort.fetch == null && sort.offset == null);
  }

  static OptionalLong through(RelNode node, Function<RelNode, OptionalLong> rows) {
    if (node instanceof Project || node instanceof Predict) {
      return rows.apply(node.getInput(0));
    }
    if (node instanceof Sort sort) {
      return sorted(sort, rows.apply(sort.getInput()));
    }
    if (node instanceof SharedRows shared) {
      return rows.apply(shared.table().plan());
    }
    if (node instanceof Union union && union.all) {
      return sum(union, rows);
    }
    return node instanceof Aggregate aggregate && aggregate.getGroupSets().equals(ALL)
        ? OptionalLong.of(1)
        : OptionalLong.empty();
  }

  private static OptionalLong sorted(Sort sort, OptionalLong input) {
    if (sort.fetch == null && sort.offset == null) {
      return input;
    }
    boolean plain = sort.offset == null && sort.fetch instanceof RexLiteral;
    Number most = plain ? ((RexLiteral) sort.fetch).getValueAs(Long.class) : null;
    return most == null || input.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(Math.min(most.longValue(), input.getAsLong()));
  }

  private static OptionalLong sum(Union union, Function<RelNode, OptionalLong> rows) {
    long all = 0;
    for (RelNode input : union.getInputs()) {
      OptionalLong own = rows.apply(input);
      if (own.isEmpty()) {
        return own;
      }
      all += own.getAsLong();
    }
    return OptionalLong.of(all);
  }
}
