package dev.weft.planner.rule;

import com.google.common.collect.ImmutableSet;
import dev.weft.planner.rel.Predict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;

/**
 * Filters go down through projections, predictions, joins, unions, groups and sorts: fewer rows are
 * predicted.
 */
final class FilterPushDown {

  /** A condition that would grow beyond this stays where it is. */
  private static final int LARGEST = 100;

  private FilterPushDown() {}

  static RelNode push(RelNode node) {
    return push(node, List.of());
  }

  /** The node under conditions about its fields, each as far down as it may go. */
  private static RelNode push(RelNode node, List<RexNode> conditions) {
    if (node instanceof Filter filter) {
      return filter(filter, conditions);
    }
    if (node instanceof Project project) {
      return project(project, conditions);
    }
    if (node instanceof Predict predict) {
      int own = predict.getInput().getRowType().getFieldCount();
      return below(predict, conditions, c -> Movable.inputs(c).length() <= own);
    }
    if (node instanceof Join join) {
      return join(join, conditions);
    }
    if (node instanceof Union union) {
      return union(union, conditions);
    }
    if (node instanceof Aggregate aggregate) {
      return aggregate(aggregate, conditions);
    }
    boolean sorts = node instanceof Sort sort && sort.fetch == null && sort.offset == null;
    return sorts ? below(node, conditions, c -> true) : above(node, conditions);
  }

  private static RelNode filter(Filter filter, List<RexNode> conditions) {
    List<RexNode> movable = new ArrayList<>();
    List<RexNode> fixed = new ArrayList<>();
    for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
      (Movable.is(condition) ? movable : fixed).add(condition);
    }
    if (fixed.isEmpty()) {
      movable.addAll(conditions);
      return push(filter.getInput(), movable);
    }
    boolean pure = fixed.stream().allMatch(RexUtil::isDeterministic);
    if (!pure) {
      // What counts rows keeps its place.
      RelNode input = push(filter.getInput());
      return over(filter.copy(filter.getTraitSet(), input, filter.getCondition()), conditions);
    }
    movable.addAll(conditions);
    RelNode input = push(filter.getInput(), movable);
    return filter.getVariablesSet().isEmpty()
        ? over(input, fixed)
        : filter.copy(filter.getTraitSet(), input, conjunction(filter, fixed));
  }

  private static RelNode project(Project project, List<RexNode> conditions) {
    if (!project.getVariablesSet().isEmpty() || !Movable.all(project.getProjects())) {
      return above(project, conditions);
    }
    List<RexNode> below = new ArrayList<>();
    List<RexNode> stay = new ArrayList<>();
    for (RexNode condition : conditions) {
      RexNode pushed = RelOptUtil.pushPastProject(condition, project);
      boolean small = pushed.nodeCount() <= LARGEST;
      (small ? below : stay).add(small ? pushed : condition);
    }
    RelNode input = push(project.getInput(), below);
    return over(project.copy(project.getTraitSet(), List.of(input)), stay);
  }

  private static RelNode join(Join join, List<RexNode> conditions) {
    int left = join.getLeft().getRowType().getFieldCount();
    boolean toLeft =
        join.getJoinType() != JoinRelType.RIGHT && join.getJoinType() != JoinRelType.FULL;
    boolean toRight =
        join.getJoinType() == JoinRelType.INNER || join.getJoinType() == JoinRelType.RIGHT;
    List<RexNode> leftOnes = new ArrayList<>();
    List<RexNode> rightOnes = new ArrayList<>();
    List<RexNode> stay = new ArrayList<>();
    for (RexNode condition : conditions) {
      if (toLeft && Movable.inputs(condition).length() <= left) {
        leftOnes.add(condition);
      } else if (toRight && Movable.inputs(condition).nextSetBit(0) >= left) {
        rightOnes.add(RexUtil.shift(condition, -left));
      } else {
        stay.add(condition);
      }
    }
    if (!join.getVariablesSet().isEmpty()) {
      return above(join, conditions);
    }
    RelNode newLeft = push(join.getLeft(), leftOnes);
    RelNode newRight = push(join.getRight(), rightOnes);
    if (join.getJoinType() != JoinRelType.INNER || stay.isEmpty()) {
      return over(join.copy(join.getTraitSet(), List.of(newLeft, newRight)), stay);
    }
    // What compares both sides is what they are joined by.
    List<RexNode> keys = new ArrayList<>(RelOptUtil.conjunctions(join.getCondition()));
    keys.addAll(stay);
    return join.copy(
        join.getTraitSet(),
        conjunction(join, keys),
        newLeft,
        newRight,
        JoinRelType.INNER,
        join.isSemiJoinDone());
  }

  private static RelNode union(Union union, List<RexNode> conditions) {
    List<RelNode> inputs = new ArrayList<>();
    for (RelNode input : union.getInputs()) {
      inputs.add(push(input, conditions));
    }
    return union.copy(union.getTraitSet(), inputs);
  }

  private static RelNode aggregate(Aggregate aggregate, List<RexNode> conditions) {
    int keys = aggregate.getGroupCount();
    if (aggregate.getGroupSets().size() != 1 || keys == 0) {
      return above(aggregate, conditions);
    }
    List<Integer> fields = aggregate.getGroupSet().asList();
    List<RexNode> stay = new ArrayList<>();
    List<RexNode> down = new ArrayList<>();
    for (RexNode condition : conditions) {
      if (Movable.inputs(condition).length() <= keys) {
        down.add(condition.accept(to(fields)));
      } else {
        stay.add(condition);
      }
    }
    RelNode input = push(aggregate.getInput(), down);
    return over(aggregate.copy(aggregate.getTraitSet(), List.of(input)), stay);
  }

  private static RexShuttle to(List<Integer> fields) {
    return new RexShuttle() {
      @Override
      public RexNode visitInputRef(RexInputRef field) {
        return new RexInputRef(fields.get(field.getIndex()), field.getType());
      }
    };
  }

  /** Conditions that may pass go into the one input, the others stay. */
  private static RelNode below(RelNode node, List<RexNode> conditions, Predicate<RexNode> passes) {
    List<RexNode> down = conditions.stream().filter(passes).toList();
    List<RexNode> stay = conditions.stream().filter(passes.negate()).toList();
    RelNode input = push(node.getInput(0), down);
    return over(node.copy(node.getTraitSet(), List.of(input)), stay);
  }

  private static RelNode above(RelNode node, List<RexNode> conditions) {
    List<RelNode> inputs = new ArrayList<>();
    for (RelNode input : node.getInputs()) {
      inputs.add(push(input));
    }
    RelNode same = inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
    return over(same, conditions);
  }

  private static RelNode over(RelNode node, List<RexNode> conditions) {
    if (conditions.isEmpty()) {
      return node;
    }
    return LogicalFilter.create(node, conjunction(node, conditions), ImmutableSet.of());
  }

  private static RexNode conjunction(RelNode node, List<RexNode> conditions) {
    return RexUtil.composeConjunction(node.getCluster().getRexBuilder(), conditions, false);
  }
}
