package dev.weft.planner.explain;

import dev.weft.planner.rel.CatalogScan;
import dev.weft.planner.rel.FileScan;
import dev.weft.planner.rel.Named;
import dev.weft.planner.rel.Predict;
import dev.weft.planner.rel.SharedRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;

/**
 * How far down a condition can go.
 *
 * @param condition as it reads there
 * @param place what it then stands on
 * @param crossed the names and models on the way
 */
record FilterPath(String condition, String place, List<String> crossed) {

  FilterPath {
    crossed = List.copyOf(crossed);
  }

  /** The ways of the conditions of a filter. */
  static List<FilterPath> of(Filter filter, Set<String> shared, Path folder) {
    List<FilterPath> paths = new ArrayList<>();
    for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
      List<String> crossed = new ArrayList<>();
      RexNode at = condition;
      RelNode node = filter.getInput();
      for (Step next = below(at, node, shared); next != null; next = below(at, node, shared)) {
        if (node instanceof Named named && !named.getInput().getInputs().isEmpty()) {
          crossed.add(named.name());
        } else if (node instanceof Predict predict) {
          crossed.add("predict " + predict.model());
        }
        at = next.condition;
        node = next.node;
      }
      String place = node instanceof Named named ? "rows of " + named.name() : place(node, folder);
      paths.add(new FilterPath(print(at, node, folder), place, crossed));
    }
    return paths;
  }

  /** What EXPLAIN says of it. */
  String line() {
    return "moved filter " + condition + " across " + String.join(", ", crossed) + " to " + place;
  }

  static List<String> conditions(Filter filter, Path folder) {
    return RelOptUtil.conjunctions(filter.getCondition()).stream()
        .map(condition -> print(condition, filter.getInput(), folder))
        .toList();
  }

  /** What a node is called. */
  static String place(RelNode node, Path folder) {
    if (node instanceof FileScan scan) {
      return scan.source().format() + " " + PlanPrinter.path(scan.source().path(), folder);
    }
    if (node instanceof CatalogScan scan) {
      return "table " + scan.table();
    }
    if (node instanceof SharedRows rows) {
      return "rows of " + rows.table().name();
    }
    return node instanceof Predict predict
        ? "predict " + predict.model()
        : node.getRelTypeName().replace("Logical", "").toLowerCase(Locale.ROOT);
  }

  private static String print(RexNode condition, RelNode node, Path folder) {
    return new ExpressionPrinter(node.getRowType().getFieldNames(), folder).print(condition);
  }

  private static @Nullable Step below(RexNode condition, RelNode node, Set<String> shared) {
    if (node instanceof Named named) {
      return shared.contains(named.name()) ? null : new Step(condition, named.getInput());
    }
    if (node instanceof Project project) {
      return project.containsOver()
          ? null
          : new Step(RelOptUtil.pushPastProject(condition, project), project.getInput());
    }
    int last = RelOptUtil.InputFinder.bits(condition).length();
    if (node instanceof Predict predict) {
      boolean before = last <= predict.getInput().getRowType().getFieldCount();
      return before ? new Step(condition, predict.getInput()) : null;
    }
    if (node instanceof Aggregate aggregate) {
      return last > aggregate.getGroupCount() || aggregate.getGroupSets().size() > 1
          ? null
          : new Step(condition.accept(keys(aggregate)), aggregate.getInput());
    }
    if (node instanceof Join join) {
      int left = join.getLeft().getRowType().getFieldCount();
      boolean right = RelOptUtil.InputFinder.bits(condition).nextSetBit(0) >= left;
      return last <= left
          ? new Step(condition, join.getLeft())
          : right ? new Step(RexUtil.shift(condition, -left), join.getRight()) : null;
    }
    boolean passes =
        node instanceof Filter
            || (node instanceof Sort sort && sort.fetch == null && sort.offset == null);
    return passes ? new Step(condition, node.getInput(0)) : null;
  }

  private static RexShuttle keys(Aggregate aggregate) {
    List<Integer> keys = aggregate.getGroupSet().asList();
    return new RexShuttle() {
      @Override
      public RexNode visitInputRef(RexInputRef field) {
        return new RexInputRef(keys.get(field.getIndex()), field.getType());
      }
    };
  }

  private record Step(RexNode condition, RelNode node) {}
}
