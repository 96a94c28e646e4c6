package dev.weft.engine.task;

import dev.weft.planner.plan.StatementPlan.SavePlan;

/** SAVE: writes a table out, whole or not at all. */
final class SaveTask implements Task<SavePlan> {

  @Override
  public Outcome run(SavePlan plan, TaskContext context) {
    context
        .relations()
        .save(plan.plan(), plan.target(), plan.mode(), plan.partitionBy(), context.run());
    String format = plan.target().format();
    context.listener().produced(format, plan.target().path());
    return Outcome.done(format + " " + plan.target().path());
  }
}
