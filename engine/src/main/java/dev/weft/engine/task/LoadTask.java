package dev.weft.engine.task;

import dev.weft.planner.plan.StatementPlan.LoadPlan;

/** LOAD: gives a file's rows a name; nothing is read before a later statement asks. */
final class LoadTask implements Task<LoadPlan> {

  @Override
  public Outcome run(LoadPlan plan, TaskContext context) {
    context.workspace().define(plan.name(), plan.plan());
    String summary = "table " + plan.name();
    return context.last()
        ? Outcome.answer(summary, context.relations().rows(plan.plan(), context.run()))
        : Outcome.done(summary);
  }
}
