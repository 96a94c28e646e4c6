package dev.weft.planner.analyze;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.antlr.WeftParser.EvaluateRelationContext;
import dev.weft.grammar.ast.Name;
import dev.weft.grammar.ast.Query;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.QueryPlan;
import dev.weft.planner.rule.Optimizer;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.calcite.rel.RelNode;

/** A query, and the name it may give to its rows. */
final class QueryAnalysis {

  private final ScriptState state;

  QueryAnalysis(ScriptState state) {
    this.state = state;
  }

  StatementPlan plan(Query query) {
    RelNode relation = state.queries().plan(query.tree(), query.span().source(), state);
    query.result().ifPresent(name -> define(name, relation));
    boolean shown = readsEvaluate(query.tree());
    QueryPlan plan = new QueryPlan(query.span(), query.result().map(Name::text), shown, relation);
    return query.result().isPresent() && !shown ? plan : optimized(plan);
  }

  /** A named query is optimised where its rows are wanted, together with what reads it. */
  static StatementPlan optimized(StatementPlan plan) {
    return plan instanceof QueryPlan query
        ? new QueryPlan(query.span(), query.name(), query.shown(), Optimizer.optimize(query.plan()))
        : plan;
  }

  /** The result of EVALUATE is shown even where its alias names it. */
  private static boolean readsEvaluate(ParseTree tree) {
    if (tree instanceof EvaluateRelationContext) {
      return true;
    }
    for (int i = 0; i < tree.getChildCount(); i++) {
      if (readsEvaluate(tree.getChild(i))) {
        return true;
      }
    }
    return false;
  }

  private void define(Name name, RelNode relation) {
    boolean known = state.overlay().tableNames().stream().anyMatch(name.text()::equalsIgnoreCase);
    if (!known && state.outside().relations().tableColumns(name.text()).isPresent()) {
      state
          .warnings()
          .add(
              ErrorCode.NAME_TAKEN.at(
                  name.span(),
                  "the name '" + name.text() + "' hides a table of the catalog from here on"));
    }
    state.overlay().define(name.text(), relation);
  }
}
