package dev.weft.planner.query;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import dev.weft.planner.model.Predictions;
import dev.weft.planner.plan.PlannedModel;
import dev.weft.planner.spi.ModelCatalog;
import dev.weft.planner.spi.Transform;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;

/** The stored TRANSFORM of a model over raw rows; its fitted values are read when a query runs. */
final class ModelTransforms implements Predictions.Transforming {

  private final TransformedRows rows;
  private final ModelCatalog models;

  ModelTransforms(TransformedRows rows, ModelCatalog models) {
    this.rows = rows;
    this.models = models;
  }

  @Override
  public RelNode over(RelNode input, PlannedModel model, Transform transform, Span place) {
    try {
      return rows.over(input, transform, index -> fitted(model).get(index), model.toString());
    } catch (WeftException wrong) {
      Diagnostic first = wrong.diagnostics().get(0);
      throw ErrorCode.INVALID_CLAUSE.failure(
          place,
          "the TRANSFORM of the model '"
              + model.name()
              + "' cannot be computed here: "
              + first.message());
    }
  }

  /** Of a model that is not trained yet nothing is known, and nothing is asked but types. */
  private Map<Integer, String> fitted(PlannedModel model) {
    Optional<Integer> version = model.version();
    return version.isPresent() ? models.fitted(model.name(), version.get()) : Map.of();
  }
}
