package dev.weft.planner.explain;

import dev.weft.planner.Checked;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.QueryPlan;
import dev.weft.planner.rule.Optimizer;
import java.nio.file.Path;

/** The plans of a script's statements, each below the place of its statement. */
public final class ScriptPlanText {

  private ScriptPlanText() {}

  /**
   * The text; what is planned only when it is reached is named instead.
   *
   * @param folder paths below it are shown relative to it
   */
  public static String of(Checked checked, Path folder) {
    StringBuilder text = new StringBuilder();
    for (StatementPlan plan : checked.plans()) {
      text.append(plan.span().place()).append('\n');
      text.append(PlanText.of(optimized(plan), folder).indent(2));
    }
    checked
        .rest()
        .forEach(
            later ->
                text.append(later.span().place())
                    .append("\n  planned when it is reached, behind a statement of Spark's own\n"));
    return text.toString();
  }

  private static StatementPlan optimized(StatementPlan plan) {
    return plan instanceof QueryPlan query && query.name().isPresent()
        ? new QueryPlan(query.span(), query.name(), query.shown(), Optimizer.optimize(query.plan()))
        : plan;
  }
}
