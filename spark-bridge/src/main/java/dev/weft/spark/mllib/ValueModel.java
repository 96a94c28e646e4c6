package dev.weft.spark.mllib;

import org.apache.spark.ml.PredictionModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.regression.IsotonicRegressionModel;
import org.jspecify.annotations.Nullable;

/** Regressions: one number. */
final class ValueModel {

  private ValueModel() {}

  /** Any that reads a vector. */
  record OfVector(RowVector vector, PredictionModel<Vector, ?> model) implements RowModel {

    @Override
    public @Nullable Object[] answer(@Nullable Object[] features) {
      return new Object[] {model.predict(vector.of(features))};
    }
  }

  /** A line of steps over one number. */
  record OfSteps(RowVector vector, IsotonicRegressionModel model) implements RowModel {

    @Override
    public @Nullable Object[] answer(@Nullable Object[] features) {
      return new Object[] {model.predict(vector.of(features).apply(0))};
    }
  }
}
