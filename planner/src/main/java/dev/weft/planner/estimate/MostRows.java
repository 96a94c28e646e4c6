package dev.weft.planner.estimate;

import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;

/**
 * How many rows a step gives if its conditions take none away and each join finds one row for
 * another: what an estimate can be wrong by.
 */
final class MostRows {

  private final Estimates estimates;

  MostRows(Estimates estimates) {
    this.estimates = estimates;
  }

  Optional<Double> of(RelNode node) {
    boolean fewer =
        node instanceof Filter
            || node instanceof Project
            || node instanceof Sort
            || (node instanceof Aggregate aggregate && aggregate.getGroupSets().size() == 1);
    if (fewer) {
      return of(node.getInput(0));
    }
    if (node instanceof Join join) {
      Optional<Double> left = of(join.getLeft());
      return join.getJoinType().projectsRight()
          ? left.flatMap(l -> of(join.getRight()).map(r -> Math.max(l, r)))
          : left;
    }
    return node instanceof Union union
        ? union.getInputs().stream()
            .map(this::of)
            .reduce((a, b) -> a.flatMap(l -> b.map(r -> l + r)))
            .orElse(Optional.empty())
        : estimates.of(node).map(Estimate::rows);
  }
}
