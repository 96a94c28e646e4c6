package dev.weft.planner.validate;

import dev.weft.planner.NotRepresentable;
import dev.weft.planner.rel.Named;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate in a subquery over columns of the query around it: Calcite would compute it there,
 * the standard means the outer rows, and Spark says which of them it takes.
 */
public final class OuterAggregates extends RelVisitor {

  private OuterAggregates() {}

  /** The plan, if it has none of them. */
  public static RelNode refuse(RelNode plan) {
    new OuterAggregates().go(plan);
    return plan;
  }

  @Override
  public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
    if (node instanceof Named) {
      // It was looked at when it was planned.
      return;
    }
    if (node instanceof Aggregate aggregate
        && aggregate.getInput().stripped() instanceof Project project) {
      for (AggregateCall call : aggregate.getAggCallList()) {
        call.getArgList().forEach(argument -> refuse(project.getProjects().get(argument)));
      }
    }
    node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery query) {
            OuterAggregates.refuse(query.rel);
            return super.visitSubQuery(query);
          }
        });
    super.visit(node, ordinal, parent);
  }

  private static void refuse(RexNode argument) {
    if (RexUtil.containsCorrelation(argument)) {
      throw new NotRepresentable("an aggregate of an outer query");
    }
  }
}
