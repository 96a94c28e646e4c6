package dev.weft.planner.analyze;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.ast.Explain;
import dev.weft.planner.explain.PlanText;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.ExplainPlan;
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
    if (explain.mode() == Explain.Mode.LINEAGE) {
      throw ErrorCode.NOT_AVAILABLE.failure(
          explain.span(), "EXPLAIN LINEAGE", "EXPLAIN PLAN shows the columns of each step");
    }
    List<StatementPlan> plans = analyzer.explained(explain.statement(), state);
    if (plans.size() != 1) {
      throw ErrorCode.INVALID_CLAUSE.failure(
          explain.span(), "EXPLAIN takes one statement; explain those of the file themselves");
    }
    StatementPlan plan = QueryAnalysis.optimized(plans.get(0));
    return new ExplainPlan(
        explain.span(), explain.mode(), plan, PlanText.of(plan, state.context().folder()));
  }
}
