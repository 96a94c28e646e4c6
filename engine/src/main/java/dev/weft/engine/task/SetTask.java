package dev.weft.engine.task;

import dev.weft.planner.plan.StatementPlan.SetPlan;

/** SET weft.key = value. */
final class SetTask implements Task<SetPlan> {

  @Override
  public Outcome run(SetPlan plan, TaskContext context) {
    context.workspace().set(plan.key(), plan.value());
    return Outcome.done("weft." + plan.key() + " = " + plan.value());
  }
}
