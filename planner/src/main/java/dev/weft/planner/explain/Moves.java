package dev.weft.planner.explain;

import dev.weft.planner.rel.CatalogScan;
import dev.weft.planner.rel.FileScan;
import dev.weft.planner.rel.Nodes;
import dev.weft.planner.rel.Predict;
import dev.weft.planner.rel.SharedRows;
import dev.weft.planner.rel.SharedTable;
import dev.weft.planner.rule.JoinOrder;
import dev.weft.planner.rule.SentSides;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Sort;

/** What the optimiser moved across statements and predictions, one line each. */
public final class Moves {

  private final Path folder;
  private final RelNode after;
  private final Set<String> lines = new LinkedHashSet<>();

  private Moves(RelNode after, Path folder) {
    this.after = after;
    this.folder = folder;
  }

  /**
   * The lines.
   *
   * @param before a plan as it was written, with the names of statements
   * @param after what became of it
   * @param folder paths below it are shown relative to it
   */
  public static List<String> of(RelNode before, RelNode after, Path folder) {
    Moves moves = new Moves(after, folder);
    moves.filters(before);
    moves.limits(before);
    moves.columns(before);
    moves.joins();
    return List.copyOf(moves.lines);
  }

  private void filters(RelNode before) {
    Set<String> shared = sharedNames();
    Nodes.each(
        before,
        node -> {
          if (node instanceof Filter filter) {
            FilterPath.of(filter, shared, folder).stream()
                .filter(path -> !path.crossed().isEmpty() && stands(path))
                .forEach(path -> lines.add(path.line()));
          }
        });
  }

  /** Whether the condition is where it could have gone. */
  private boolean stands(FilterPath path) {
    boolean[] found = {false};
    everywhere(
        node -> {
          if (node instanceof Filter filter) {
            found[0] |=
                FilterPath.conditions(filter, folder).contains(path.condition())
                    && FilterPath.place(filter.getInput(), folder).equals(path.place());
          }
        });
    return found[0];
  }

  private Set<String> sharedNames() {
    Set<String> names = new LinkedHashSet<>();
    everywhere(
        node -> {
          if (node instanceof SharedRows shared) {
            names.add(shared.table().name());
          }
        });
    return names;
  }

  private void limits(RelNode before) {
    List<String> above = new ArrayList<>();
    Nodes.each(
        before,
        node -> {
          if (node instanceof Sort sort && sort.fetch != null) {
            above.add(String.valueOf(sort.fetch));
          }
        });
    everywhere(
        node -> {
          if (node instanceof Predict predict
              && predict.getInput() instanceof Sort sort
              && sort.fetch != null
              && above.contains(String.valueOf(sort.fetch))) {
            lines.add("moved limit " + sort.fetch + " below predict " + predict.model());
          }
        });
  }

  private void columns(RelNode before) {
    Map<String, Integer> widths = new LinkedHashMap<>();
    Nodes.each(
        before,
        node -> {
          if (isScan(node)) {
            widths.merge(
                FilterPath.place(node, folder), node.getRowType().getFieldCount(), Math::max);
          }
        });
    everywhere(
        node -> {
          Integer width = isScan(node) ? widths.get(FilterPath.place(node, folder)) : null;
          int read = node.getRowType().getFieldCount();
          if (width != null && read < width) {
            lines.add(
                "read " + read + " of " + width + " columns of " + FilterPath.place(node, folder));
          }
        });
  }

  private void joins() {
    everywhere(
        node -> {
          if (JoinOrder.isReordered(node)) {
            lines.add("reordered joins: " + String.join(", ", sources(node)));
          }
          if (node instanceof Join join) {
            SentSides.of(join)
                .map(side -> String.join(", ", sources(side.of(join))))
                .ifPresent(few -> lines.add("sends what is left of " + few + " to every task"));
          }
        });
  }

  private List<String> sources(RelNode node) {
    List<String> order = new ArrayList<>();
    Nodes.each(node, leaf -> order.addAll(source(leaf)));
    return order;
  }

  private List<String> source(RelNode leaf) {
    return isScan(leaf) || leaf instanceof SharedRows
        ? List.of(FilterPath.place(leaf, folder))
        : List.of();
  }

  private static boolean isScan(RelNode node) {
    return node instanceof FileScan || node instanceof CatalogScan;
  }

  /** All nodes of what became of the plan, those of shared tables included. */
  private void everywhere(Consumer<RelNode> action) {
    Set<SharedTable> seen = new LinkedHashSet<>();
    everywhere(after, action, seen);
  }

  private static void everywhere(RelNode plan, Consumer<RelNode> action, Set<SharedTable> seen) {
    Nodes.each(
        plan,
        node -> {
          action.accept(node);
          if (node instanceof SharedRows shared && seen.add(shared.table())) {
            everywhere(shared.table().plan(), action, seen);
          }
        });
  }
}
