package dev.weft.spark.mllib;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.feature.PCAModel;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.jspecify.annotations.Nullable;

/** Principal components: a row's coordinates along them. */
record ProjectionModel(RowVector vector, DenseMatrix directions) implements RowModel {

  static ProjectionModel of(RowVector vector, PCAModel model) {
    return new ProjectionModel(vector, model.pc().transpose());
  }

  @Override
  public @Nullable Object[] answer(@Nullable Object[] features) {
    double[] coordinates = directions.multiply(vector.of(features)).toArray();
    List<Double> embedding = Arrays.stream(coordinates).boxed().toList();
    return new Object[] {embedding};
  }
}
