package dev.weft.planner.analyze;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Places;
import dev.weft.grammar.antlr.WeftParser.EvaluateRelationContext;
import dev.weft.grammar.ast.Name;
import dev.weft.grammar.ast.Query;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.QueryPlan;
import java.util.Optional;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.calcite.rel.RelNode;

/** A query, and the name it may give to its rows. */
final class QueryAnalysis {

  private final ScriptState state;

  QueryAnalysis(ScriptState state) {
    this.state = state;
  }

  StatementPlan plan(Query query) {
    RelNode relation = state.queries().shown(query.tree(), query.span().source(), state);
    Optional<Name> result = query.result().filter(name -> mayName(name, query, relation));
    result.ifPresent(name -> define(name, relation));
    boolean shown = readsEvaluate(query.tree());
    return new QueryPlan(query.span(), result.map(Name::text), shown, relation);
  }

  /**
   * Whether the rows can be a table: its columns need names that differ. Where they do not, a name
   * that is an alias as well names nothing; one that is a name only is wrong.
   */
  private boolean mayName(Name name, Query query, RelNode relation) {
    Optional<String> twice = RepeatedNames.first(relation.getRowType().getFieldNames());
    if (twice.isEmpty()) {
      return true;
    }
    int end = Places.of(query.span().source(), query.tree()).end();
    boolean alias = name.span().end() <= end;
    if (!alias) {
      throw ErrorCode.INVALID_QUERY.failure(
          name.span(),
          "two columns of '%s' would be called '%s'; give one of them another name with AS"
              .formatted(name.text(), twice.get()));
    }
    state
        .warnings()
        .add(
            ErrorCode.INVALID_QUERY.at(
                name.span(),
                "these rows get no name '%s', because two of their columns are called '%s'"
                    .formatted(name.text(), twice.get())));
    return false;
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

  /** From here on the name means these rows. */
  void define(Name name, RelNode relation) {
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
