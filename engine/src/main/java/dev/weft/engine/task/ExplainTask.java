package dev.weft.engine.task;

import dev.weft.engine.TableRows;
import dev.weft.engine.spi.RelationalBackend.Analyzed;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.ast.Explain.Mode;
import dev.weft.planner.explain.PlanText;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.AssertPlan;
import dev.weft.planner.plan.StatementPlan.ExplainPlan;
import dev.weft.planner.plan.StatementPlan.LoadPlan;
import dev.weft.planner.plan.StatementPlan.QueryPlan;
import dev.weft.planner.plan.StatementPlan.SavePlan;
import dev.weft.planner.plan.StatementPlan.TrainPlan;
import dev.weft.planner.spi.Column;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.calcite.rel.RelNode;

/** EXPLAIN: the plan as text, one row a line. */
final class ExplainTask implements Task<ExplainPlan> {

  private static final List<Column> COLUMNS = List.of(new Column("plan", "string", false));

  private static final Set<Mode> OURS = EnumSet.of(Mode.PLAN, Mode.LINEAGE);

  @Override
  public Outcome run(ExplainPlan plan, TaskContext context) {
    String text = text(plan, context);
    List<List<String>> lines = text.stripTrailing().lines().map(List::of).toList();
    return Outcome.answer("plan", TableRows.of(COLUMNS, lines));
  }

  @Override
  public Schema schema(ExplainPlan plan, TaskContext context) {
    return TableRows.schema(COLUMNS);
  }

  private static String text(ExplainPlan plan, TaskContext context) {
    if (OURS.contains(plan.mode())) {
      return plan.text();
    }
    RelNode relation =
        relation(plan.plan())
            .orElseThrow(
                () ->
                    ErrorCode.INVALID_CLAUSE.failure(
                        plan.span(),
                        "this statement has no plan in Spark; write EXPLAIN without "
                            + plan.mode()));
    return plan.mode() == Mode.ANALYZE
        ? analyzed(plan, relation, context)
        : spark(plan, relation, context);
  }

  /** Runs what the statement reads. What it would leave behind, a file or a model, is not made. */
  private static String analyzed(ExplainPlan plan, RelNode relation, TaskContext context) {
    Analyzed run = context.relations().analyze(relation, context.run());
    String text = PlanText.measured(plan.plan(), plan.folder(), run.steps());
    String effect =
        plan.plan() instanceof SavePlan || plan.plan() instanceof TrainPlan
            ? "\nnothing was written: only the rows were computed"
            : "";
    String moves = plan.text().isEmpty() ? "" : "\n" + plan.text();
    return String.format(
        Locale.ROOT,
        "%s%s%n%d %s in %.3f s%s",
        text,
        moves,
        run.rows(),
        run.rows() == 1 ? "row" : "rows",
        run.nanos() / 1e9,
        effect);
  }

  private static String spark(ExplainPlan plan, RelNode relation, TaskContext context) {
    String text = context.relations().explain(relation, plan.mode(), context.run());
    return SparkPlanText.stable(text, plan.folder());
  }

  private static Optional<RelNode> relation(StatementPlan plan) {
    if (plan instanceof QueryPlan query) {
      return Optional.of(query.plan());
    } else if (plan instanceof LoadPlan load) {
      return Optional.of(load.plan());
    } else if (plan instanceof SavePlan save) {
      return Optional.of(save.plan());
    } else if (plan instanceof TrainPlan train) {
      return Optional.of(train.training());
    } else if (plan instanceof AssertPlan condition) {
      return Optional.of(condition.plan());
    }
    return Optional.empty();
  }
}
