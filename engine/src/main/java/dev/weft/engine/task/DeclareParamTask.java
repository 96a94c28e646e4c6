package dev.weft.engine.task;

import dev.weft.planner.plan.StatementPlan.DeclareParamPlan;

/** DECLARE PARAM: the session knows the value from here on. */
final class DeclareParamTask implements Task<DeclareParamPlan> {

  @Override
  public Outcome run(DeclareParamPlan plan, TaskContext context) {
    context.workspace().declare(plan.value());
    return Outcome.done(plan.value().name() + " = " + plan.value().text().orElse("NULL"));
  }
}
