package dev.weft.engine.task;

import dev.weft.engine.Rows;
import dev.weft.grammar.ErrorCode;
import dev.weft.planner.plan.StatementPlan.AssertPlan;
import org.apache.arrow.vector.VectorSchemaRoot;

/** ASSERT: ends the run unless the condition is true; NULL is not. */
final class AssertTask implements Task<AssertPlan> {

  @Override
  public Outcome run(AssertPlan plan, TaskContext context) {
    if (!holds(plan, context)) {
      String message = plan.message().map(text -> ": " + text).orElse("");
      throw ErrorCode.ASSERTION_FAILED.failure(
          plan.span(), "the assertion " + plan.condition() + " does not hold" + message);
    }
    return Outcome.done("holds");
  }

  private static boolean holds(AssertPlan plan, TaskContext context) {
    try (Rows rows = context.relations().rows(plan.plan(), context.run())) {
      for (VectorSchemaRoot batch = rows.next(); batch != null; batch = rows.next()) {
        if (batch.getRowCount() > 0) {
          return Boolean.TRUE.equals(batch.getVector(0).getObject(0));
        }
      }
      return false;
    }
  }
}
