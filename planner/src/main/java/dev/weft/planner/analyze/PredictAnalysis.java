package dev.weft.planner.analyze;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.ast.Name;
import dev.weft.grammar.ast.Option;
import dev.weft.grammar.ast.Predict;
import dev.weft.grammar.ast.Relation;
import dev.weft.planner.AlgorithmCatalog;
import dev.weft.planner.AlgorithmDeclaration;
import dev.weft.planner.plan.PlannedModel;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.QueryPlan;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;

/** Byzer's PREDICT statement: the rows of PREDICT in FROM under a name. */
final class PredictAnalysis {

  private final ScriptState state;

  PredictAnalysis(ScriptState state) {
    this.state = state;
  }

  StatementPlan plan(Predict predict) {
    predict.options().forEach(this::refuse);
    PlannedModel model =
        state.model(predict.model().text(), Optional.empty(), predict.model().span());
    check(predict.algorithm(), model);
    RelNode input = relation(predict.input());
    RelNode rows = state.queries().predict(input, model, predict.input().span());
    new QueryAnalysis(state).define(predict.result(), rows);
    return new QueryPlan(predict.span(), Optional.of(predict.result().text()), false, rows);
  }

  private void refuse(Option option) {
    Diagnostic wrong =
        ErrorCode.OPTION_NOT_FOUND.at(
            option.key().span(),
            "PREDICT",
            option.key().text(),
            "; what a model does is set when it is trained");
    (state.context().byzer() ? state.warnings() : state.errors()).add(wrong);
  }

  private void check(Name written, PlannedModel model) {
    AlgorithmCatalog algorithms = state.outside().algorithms();
    AlgorithmDeclaration algorithm =
        algorithms
            .find(written.text())
            .orElseThrow(
                () ->
                    ErrorCode.ALGORITHM_NOT_FOUND.failure(
                        written.span(),
                        written.text(),
                        Nearest.hintOrList(written.text(), algorithms.names())));
    String trained = model.signature().algorithm();
    if (!algorithm.name().equalsIgnoreCase(trained)) {
      throw ErrorCode.INVALID_CLAUSE.failure(
          written.span(),
          "the model '%s' was trained by %s and not by %s; write %s here"
              .formatted(model.name(), trained, algorithm.name(), trained));
    }
  }

  private RelNode relation(Relation relation) {
    if (relation instanceof Relation.Table table) {
      List<String> name = List.of(table.name().text().split("\\."));
      return state.queries().table(name, table.span(), state);
    }
    Relation.Subquery query = (Relation.Subquery) relation;
    return state.queries().plan(query.tree(), query.span().source(), state);
  }
}
