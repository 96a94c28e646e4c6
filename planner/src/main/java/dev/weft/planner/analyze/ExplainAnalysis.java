package dev.weft.planner.analyze;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.ast.Explain;
import dev.weft.grammar.ast.Include;
import dev.weft.planner.explain.Lineage;
import dev.weft.planner.explain.Lineages;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.ExplainPlan;
import java.nio.file.Path;
import java.util.List;

/** EXPLAIN: a statement planned, and our own account of it. */
final class ExplainAnalysis {

  private final ScriptState state;
  private final StatementAnalyzer analyzer;

  ExplainAnalysis(ScriptState state, StatementAnalyzer analyzer) {
    this.state = state;
    this.analyzer = analyzer;
  }

  StatementPlan plan(Explain explain) {
    if (explain.statement() instanceof Explain || explain.statement() instanceof Include) {
      throw ErrorCode.INVALID_CLAUSE.failure(
          explain.statement().span(),
          explain.statement() instanceof Include
              ? "EXPLAIN takes one statement; explain those of the file themselves"
              : "EXPLAIN takes a statement that is not EXPLAIN itself; write EXPLAIN once");
    }
    List<StatementPlan> plans = analyzer.explained(explain.statement(), state);
    StatementPlan plan = plans.get(0);
    Path folder = state.context().folder();
    return new ExplainPlan(explain.span(), explain.mode(), plan, folder, text(explain, plan));
  }

  private String text(Explain explain, StatementPlan plan) {
    if (explain.mode() != Explain.Mode.LINEAGE) {
      return "";
    }
    return Lineages.of(plan, state.context().folder())
        .map(Lineage::text)
        .orElseThrow(
            () ->
                ErrorCode.INVALID_CLAUSE.failure(
                    explain.span(),
                    "this statement has no columns of its own; explain the lineage of a query,"
                        + " LOAD, SAVE or TRAIN"));
  }
}
