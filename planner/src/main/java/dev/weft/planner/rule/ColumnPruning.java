package dev.weft.planner.rule;

import dev.weft.planner.rel.CatalogScan;
import dev.weft.planner.rel.FileScan;
import dev.weft.planner.rel.Predict;
import dev.weft.planner.rel.SharedRows;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Columns nobody uses are not computed, predicted or read, across the statements of a script.
 *
 * <p>A query inside an expression may refer to its outer row by field number, so a node with such a
 * query keeps all columns of its input; Spark prunes those itself.
 */
final class ColumnPruning {

  private ColumnPruning() {}

  static RelNode prune(RelNode relation) {
    return Pruned.whole(prune(relation, Pruned.all(relation)), relation);
  }

  /** The node with at least the fields used. */
  static Pruned prune(RelNode node, ImmutableBitSet used) {
    if (node instanceof FileScan scan) {
      return ScanPruning.file(scan, used);
    }
    if (node instanceof CatalogScan scan) {
      return ScanPruning.table(scan, used);
    }
    if (node instanceof SharedRows rows) {
      return ScanPruning.shared(rows, used);
    }
    if (node instanceof Predict predict) {
      return PredictPruning.predict(predict, used);
    }
    if (node instanceof Project project && !refersOutside(project, project.getProjects())) {
      return project(project, used);
    }
    if (node instanceof Filter filter && !refersOutside(filter, List.of(filter.getCondition()))) {
      return filter(filter, used);
    }
    if (node instanceof Join join && !refersOutside(join, List.of(join.getCondition()))) {
      return join(join, used);
    }
    if (node instanceof Sort sort) {
      return sort(sort, used);
    }
    if (node instanceof Aggregate aggregate) {
      return aggregate(aggregate);
    }
    if (node instanceof Union union && union.all) {
      return union(union, used);
    }
    return untouched(node);
  }

  private static boolean refersOutside(RelNode node, List<RexNode> expressions) {
    return !node.getVariablesSet().isEmpty() || expressions.stream().anyMatch(Pruned::hasQuery);
  }

  private static Pruned untouched(RelNode node) {
    List<RelNode> inputs = new ArrayList<>();
    for (RelNode input : node.getInputs()) {
      inputs.add(prune(input));
    }
    RelNode same = inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
    return Pruned.same(same);
  }

  private static Pruned project(Project project, ImmutableBitSet used) {
    ImmutableBitSet kept = used.isEmpty() ? ImmutableBitSet.of(0) : used;
    List<RexNode> columns = kept.asList().stream().map(i -> project.getProjects().get(i)).toList();
    Pruned input = prune(project.getInput(), Pruned.inputs(columns));
    List<String> names =
        kept.asList().stream().map(i -> project.getRowType().getFieldNames().get(i)).toList();
    if (input.isAll(columns, names)) {
      return Pruned.of(input.node(), project, kept);
    }
    RelNode node =
        LogicalProject.create(
            input.node(),
            project.getHints(),
            input.moved(columns),
            names,
            project.getVariablesSet());
    return Pruned.of(node, project, kept);
  }

  private static Pruned filter(Filter filter, ImmutableBitSet used) {
    ImmutableBitSet needed = used.union(Movable.inputs(filter.getCondition()));
    Pruned input = prune(filter.getInput(), needed);
    RelNode node = LogicalFilter.create(input.node(), input.moved(filter.getCondition()));
    return new Pruned(node, input.fields());
  }

  private static Pruned sort(Sort sort, ImmutableBitSet used) {
    ImmutableBitSet keys = ImmutableBitSet.of(sort.getCollation().getKeys());
    Pruned input = prune(sort.getInput(), used.union(keys));
    RelNode node =
        LogicalSort.create(input.node(), input.moved(sort.getCollation()), sort.offset, sort.fetch);
    return new Pruned(node, input.fields());
  }

  private static Pruned join(Join join, ImmutableBitSet used) {
    int split = join.getLeft().getRowType().getFieldCount();
    int all = split + join.getRight().getRowType().getFieldCount();
    ImmutableBitSet needed = used.union(Movable.inputs(join.getCondition()));
    Pruned left = prune(join.getLeft(), needed.intersect(ImmutableBitSet.range(split)));
    Pruned right =
        prune(join.getRight(), needed.intersect(ImmutableBitSet.range(split, all)).shift(-split));
    Pruned both = left.beside(right);
    RelNode node =
        LogicalJoin.create(
            left.node(),
            right.node(),
            join.getHints(),
            both.moved(join.getCondition()),
            join.getVariablesSet(),
            join.getJoinType());
    return new Pruned(node, join.getJoinType().projectsRight() ? both.fields() : left.fields());
  }

  private static Pruned aggregate(Aggregate aggregate) {
    ImmutableBitSet.Builder used = aggregate.getGroupSet().rebuild();
    for (AggregateCall call : aggregate.getAggCallList()) {
      used.addAll(call.getArgList());
      used.addAll(call.getCollation().getKeys());
      if (call.filterArg >= 0) {
        used.set(call.filterArg);
      }
    }
    Pruned input = prune(aggregate.getInput(), used.build());
    RelNode node =
        LogicalAggregate.create(
            input.node(),
            aggregate.getHints(),
            input.moved(aggregate.getGroupSet()),
            aggregate.getGroupSets().stream().map(input::moved).toList(),
            aggregate.getAggCallList().stream().map(input::moved).toList());
    return Pruned.same(node);
  }

  private static Pruned union(Union union, ImmutableBitSet used) {
    ImmutableBitSet kept = used.isEmpty() ? ImmutableBitSet.of(0) : used;
    List<RelNode> inputs = new ArrayList<>();
    for (RelNode input : union.getInputs()) {
      inputs.add(prune(input, kept).only(kept));
    }
    return Pruned.of(LogicalUnion.create(inputs, true), union, kept);
  }
}
