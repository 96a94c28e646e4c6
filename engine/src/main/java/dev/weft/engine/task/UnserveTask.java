package dev.weft.engine.task;

import dev.weft.grammar.ErrorCode;
import dev.weft.planner.plan.StatementPlan.UnservePlan;
import java.io.IOException;

/** UNSERVE: ends an endpoint and forgets it. */
final class UnserveTask implements Task<UnservePlan> {

  @Override
  public Outcome run(UnservePlan plan, TaskContext context) {
    try {
      context.parts().store().endpointStore().remove(plan.endpoint());
    } catch (IOException e) {
      throw ErrorCode.STATEMENT_FAILED.failure(
          plan.span(), "the endpoint '" + plan.endpoint() + "' cannot be removed: " + e);
    }
    context.parts().endpoints().get().remove(plan.endpoint());
    return Outcome.done("endpoint " + plan.endpoint() + " ended");
  }
}
