package dev.weft.planner.rel;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/** All nodes of a plan, those of the queries inside expressions included. */
public final class Nodes {

  private Nodes() {}

  /** Visits each node once, from the top; below a node only where {@code deeper} says so. */
  public static void visit(RelNode top, Predicate<RelNode> deeper) {
    visit(top, deeper, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  /** Visits each node once. */
  public static void each(RelNode top, Consumer<RelNode> action) {
    visit(
        top,
        node -> {
          action.accept(node);
          return true;
        });
  }

  private static void visit(RelNode node, Predicate<RelNode> deeper, Set<RelNode> seen) {
    if (!seen.add(node) || !deeper.test(node)) {
      return;
    }
    node.getInputs().forEach(input -> visit(input, deeper, seen));
    if (!node.getInputs().isEmpty()) {
      node.accept(
          new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
              visit(query.rel, deeper, seen);
              return super.visitSubQuery(query);
            }
          });
    }
  }
}
