package dev.weft.engine.task;

import dev.weft.planner.plan.StatementPlan.CreateFunctionPlan;

/**
 * CREATE FUNCTION … LANGUAGE PYTHON: the catalog keeps it, or the session where it is temporary.
 */
final class CreateFunctionTask implements Task<CreateFunctionPlan> {

  @Override
  public Outcome run(CreateFunctionPlan plan, TaskContext context) {
    context.relations().createFunction(plan, context.run());
    return Outcome.done("function " + plan.name());
  }
}
