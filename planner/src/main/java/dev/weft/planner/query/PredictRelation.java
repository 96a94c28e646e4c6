package dev.weft.planner.query;

import dev.weft.grammar.Places;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.grammar.antlr.WeftParser.NamedQueryContext;
import dev.weft.grammar.antlr.WeftParser.PredictRelationContext;
import dev.weft.grammar.antlr.WeftParser.TableArgumentContext;
import dev.weft.planner.model.Predictions;
import dev.weft.planner.plan.PlannedModel;
import java.util.List;
import org.apache.calcite.rel.RelNode;

/** PREDICT in FROM: its input planned for itself, the model over it. */
final class PredictRelation {

  private final QueryPlanner planner;
  private final Predictions predictions;

  PredictRelation(QueryPlanner planner, Predictions predictions) {
    this.planner = planner;
    this.predictions = predictions;
  }

  RelNode plan(
      PredictRelationContext tree, List<NamedQueryContext> with, Source source, QueryScope scope) {
    PlannedModel model = ModelText.find(tree.modelReference(), source, scope);
    RelNode input = input(tree.tableArgument(), with, source, scope);
    Span place = Places.of(source, tree.tableArgument());
    return predictions.over(input, model, place);
  }

  /** The rows of a table argument. */
  RelNode input(
      TableArgumentContext tree, List<NamedQueryContext> with, Source source, QueryScope scope) {
    if (tree.query() != null) {
      return planner.plan(tree.query(), with, source, scope);
    }
    return planner.rows(tree.qualifiedName(), with, source, scope);
  }
}
