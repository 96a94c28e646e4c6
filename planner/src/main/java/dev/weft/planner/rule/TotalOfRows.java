package dev.weft.planner.rule;

import dev.weft.planner.rel.CatalogScan;
import dev.weft.planner.rel.FileScan;
import dev.weft.planner.rel.Nodes;
import dev.weft.planner.rel.SharedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * One row of aggregates over some rows of a source.
 *
 * @param columns what stands above the aggregates, over their fields
 * @param calls their arguments are fields of the source
 * @param conditions what the rows are chosen by, over the fields of the source
 */
record TotalOfRows(
    List<RexNode> columns, List<AggregateCall> calls, List<RexNode> conditions, RelNode source) {

  TotalOfRows {
    columns = List.copyOf(columns);
    calls = List.copyOf(calls);
    conditions = List.copyOf(conditions);
  }

  /** What a plan is, if it is one. */
  static Optional<TotalOfRows> of(RelNode plan) {
    RelNode node = plan;
    List<RexNode> columns = null;
    if (node instanceof Project project) {
      if (!project.getVariablesSet().isEmpty() || !Movable.all(project.getProjects())) {
        return Optional.empty();
      }
      columns = project.getProjects();
      node = project.getInput();
    }
    if (!(node instanceof Aggregate aggregate) || !isPlain(aggregate)) {
      return Optional.empty();
    }
    List<RexNode> all = columns == null ? fields(aggregate) : columns;
    return arguments(aggregate).flatMap(calls -> chosen(aggregate, all, calls));
  }

  private static Optional<TotalOfRows> chosen(
      Aggregate aggregate, List<RexNode> columns, List<AggregateCall> calls) {
    RelNode rows = aggregate.getInput();
    if (rows instanceof Project project) {
      rows = project.getInput();
    }
    List<RexNode> conditions = new ArrayList<>();
    while (rows instanceof Filter filter) {
      if (!filter.getVariablesSet().isEmpty() || !Movable.is(filter.getCondition())) {
        return Optional.empty();
      }
      conditions.addAll(RelOptUtil.conjunctions(filter.getCondition()));
      rows = filter.getInput();
    }
    return isSame(rows)
        ? Optional.of(new TotalOfRows(columns, calls, conditions, rows))
        : Optional.empty();
  }

  /** Whether it is one row, of aggregates without conditions and orders of their own. */
  private static boolean isPlain(Aggregate aggregate) {
    return aggregate.getGroupSet().isEmpty()
        && aggregate.getGroupSets().size() == 1
        && aggregate.getAggCallList().stream().allMatch(TotalOfRows::isPlain);
  }

  private static boolean isPlain(AggregateCall call) {
    return !call.isDistinct()
        && !call.hasFilter()
        && !call.ignoreNulls()
        && call.distinctKeys == null
        && call.rexList.isEmpty()
        && call.getCollation().getFieldCollations().isEmpty();
  }

  /**
   * The calls over the fields of what the projection below them reads, if it only passes fields.
   */
  private static Optional<List<AggregateCall>> arguments(Aggregate aggregate) {
    if (!(aggregate.getInput() instanceof Project project)) {
      return Optional.of(aggregate.getAggCallList());
    }
    List<AggregateCall> calls = new ArrayList<>();
    for (AggregateCall call : aggregate.getAggCallList()) {
      List<Integer> arguments = new ArrayList<>();
      for (int argument : call.getArgList()) {
        if (!(project.getProjects().get(argument) instanceof RexInputRef field)) {
          return Optional.empty();
        }
        arguments.add(field.getIndex());
      }
      calls.add(call.withArgList(arguments));
    }
    return Optional.of(calls);
  }

  private static List<RexNode> fields(Aggregate aggregate) {
    List<RexNode> fields = new ArrayList<>();
    aggregate
        .getRowType()
        .getFieldList()
        .forEach(field -> fields.add(new RexInputRef(field.getIndex(), field.getType())));
    return fields;
  }

  /** Whether reading it twice gives the same rows. */
  private static boolean isSame(RelNode source) {
    boolean[] same = {true};
    Nodes.each(source, node -> same[0] &= isSameNode(node));
    return same[0];
  }

  private static boolean isSameNode(RelNode node) {
    if (node instanceof Filter filter) {
      return filter.getVariablesSet().isEmpty() && Movable.is(filter.getCondition());
    }
    if (node instanceof Project project) {
      return project.getVariablesSet().isEmpty() && Movable.all(project.getProjects());
    }
    if (node instanceof Join join) {
      return join.getVariablesSet().isEmpty() && Movable.is(join.getCondition());
    }
    return node instanceof CatalogScan || node instanceof FileScan || node instanceof SharedRows;
  }
}
