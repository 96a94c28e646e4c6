package dev.weft.engine.task;

import dev.weft.engine.FirstRows;
import dev.weft.engine.Rows;
import dev.weft.planner.Settings;
import dev.weft.planner.plan.StatementPlan.QueryPlan;
import org.apache.arrow.vector.types.pojo.Schema;

/** A query: names its rows, shows them, or both. */
final class QueryTask implements Task<QueryPlan> {

  @Override
  public Outcome run(QueryPlan plan, TaskContext context) {
    plan.name().ifPresent(name -> context.workspace().define(name, plan.plan()));
    String summary = plan.name().map(name -> "table " + name).orElse("rows");
    return plan.name().isEmpty() || plan.shown() || context.last()
        ? Outcome.answer(summary, shown(plan, context))
        : Outcome.done(summary);
  }

  private static Rows shown(QueryPlan plan, TaskContext context) {
    Rows rows = context.relations().rows(plan.plan(), context.run());
    Object limit = context.workspace().settings().get(Settings.MAX_ROWS);
    return limit instanceof Long most ? new FirstRows(rows, most) : rows;
  }

  @Override
  public Schema schema(QueryPlan plan, TaskContext context) {
    return context.relations().schema(plan.plan());
  }
}
