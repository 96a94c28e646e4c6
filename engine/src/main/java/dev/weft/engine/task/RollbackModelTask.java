package dev.weft.engine.task;

import dev.weft.planner.plan.StatementPlan.RollbackModelPlan;

/** ROLLBACK MODEL: the name alone stands for the version before, until the next one is made. */
final class RollbackModelTask implements Task<RollbackModelPlan> {

  @Override
  public Outcome run(RollbackModelPlan plan, TaskContext context) {
    String model = plan.to().model();
    int to = plan.to().number();
    ModelChange.made(
        plan.span(),
        model,
        () -> {
          context.parts().store().changes().rollBack(model, to);
          return to;
        });
    return Outcome.done(model + " is " + plan.to() + " again");
  }
}
