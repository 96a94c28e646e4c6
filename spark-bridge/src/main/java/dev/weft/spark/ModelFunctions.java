package dev.weft.spark;

import dev.weft.engine.spi.ArrowExchange;
import dev.weft.engine.spi.Predictors;
import dev.weft.engine.spi.Run;
import dev.weft.planner.plan.PlannedModel;
import dev.weft.planner.spi.ModelSignature.Feature;
import dev.weft.spark.mllib.MllibBackend;
import dev.weft.spark.predict.ExchangeAnswers;
import dev.weft.spark.predict.PredictFunction;
import dev.weft.spark.predict.PredictLayout;
import dev.weft.spark.predict.RowAnswers;
import dev.weft.spark.run.RunRegistry;
import org.apache.spark.SparkContext;

/** Finds the function of a model when a query with PREDICT runs: MLlib's own, else by Arrow. */
final class ModelFunctions {

  private final Predictors predictors;
  private final MllibBackend mllib;
  private final RunRegistry runs;

  ModelFunctions(Predictors predictors, MllibBackend mllib, RunRegistry runs) {
    this.predictors = predictors;
    this.mllib = mllib;
    this.runs = runs;
  }

  PredictFunction of(PlannedModel model) {
    return new Function(model);
  }

  private final class Function implements PredictFunction {

    private final PlannedModel model;

    Function(PlannedModel model) {
      this.model = model;
    }

    @Override
    public String describe() {
      return model.toString();
    }

    @Override
    public RowAnswers bind(PredictLayout layout, SparkContext context, String runId) {
      Run run =
          runs.find(runId)
              .orElseThrow(() -> new IllegalStateException("PREDICT outside a run: " + runId));
      if (MllibBackend.trains(model.signature().algorithm())) {
        return mllib.answers(predictors.files(model, run), layout, run);
      }
      ArrowExchange exchange = predictors.exchange(model, run);
      return new ExchangeAnswers(
          exchange, layout, model.signature().features().stream().map(Feature::name).toList());
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
      return other instanceof Function that && model == that.model;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(model);
    }
  }
}
