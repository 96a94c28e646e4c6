package dev.weft.spark.mllib;

import static org.apache.spark.sql.functions.col;

import dev.weft.planner.spi.ModelSignature;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.DecisionTreeClassificationModel;
import org.apache.spark.ml.classification.GBTClassificationModel;
import org.apache.spark.ml.classification.LinearSVCModel;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.regression.DecisionTreeRegressionModel;
import org.apache.spark.ml.regression.GBTRegressionModel;
import org.apache.spark.ml.regression.GeneralizedLinearRegressionModel;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.ml.regression.RandomForestRegressionModel;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Each feature's share of what a model has learnt: of trees what their splits gain, of a line its
 * coefficients times how far the column spreads.
 */
final class Importances {

  private Importances() {}

  /** Feature to share, which sum up to 1; empty where the model does not tell. */
  static Map<String, Double> of(
      Fitting.Fitted fitted, ModelSignature signature, Dataset<Row> train) {
    Transformer[] stages = fitted.pipeline().stages();
    Transformer model = stages[stages.length - 1];
    Optional<double[]> places =
        gains(model).or(() -> coefficients(model).map(line -> spread(line, fitted, train)));
    return places.map(found -> shares(found, fitted.pipeline(), signature)).orElse(Map.of());
  }

  private static Map<String, Double> shares(
      double[] places, PipelineModel pipeline, ModelSignature signature) {
    double[] sums = RowVector.of(pipeline).byFeature(places, signature.features().size());
    double total = Arrays.stream(sums).sum();
    Map<String, Double> shares = new LinkedHashMap<>();
    for (int i = 0; i < sums.length; i++) {
      shares.put(signature.features().get(i).name(), total > 0 ? sums[i] / total : 0);
    }
    return shares;
  }

  private static Optional<double[]> gains(Transformer model) {
    if (model instanceof RandomForestClassificationModel forest) {
      return Optional.of(forest.featureImportances().toArray());
    }
    if (model instanceof RandomForestRegressionModel forest) {
      return Optional.of(forest.featureImportances().toArray());
    }
    if (model instanceof GBTClassificationModel trees) {
      return Optional.of(trees.featureImportances().toArray());
    }
    if (model instanceof GBTRegressionModel trees) {
      return Optional.of(trees.featureImportances().toArray());
    }
    if (model instanceof DecisionTreeClassificationModel tree) {
      return Optional.of(tree.featureImportances().toArray());
    }
    return model instanceof DecisionTreeRegressionModel tree
        ? Optional.of(tree.featureImportances().toArray())
        : Optional.empty();
  }

  /** Without their signs, summed up over the classes. */
  private static Optional<double[]> coefficients(Transformer model) {
    if (model instanceof LogisticRegressionModel logistic) {
      Matrix matrix = logistic.coefficientMatrix();
      double[] sums = new double[matrix.numCols()];
      for (int row = 0; row < matrix.numRows(); row++) {
        for (int i = 0; i < sums.length; i++) {
          sums[i] += Math.abs(matrix.apply(row, i));
        }
      }
      return Optional.of(sums);
    }
    if (model instanceof LinearSVCModel margin) {
      return Optional.of(absolute(margin.coefficients()));
    }
    if (model instanceof LinearRegressionModel line) {
      return Optional.of(absolute(line.coefficients()));
    }
    return model instanceof GeneralizedLinearRegressionModel line
        ? Optional.of(absolute(line.coefficients()))
        : Optional.empty();
  }

  private static double[] absolute(Vector coefficients) {
    return Arrays.stream(coefficients.toArray()).map(Math::abs).toArray();
  }

  private static double[] spread(double[] line, Fitting.Fitted fitted, Dataset<Row> train) {
    Dataset<Row> rows = fitted.pipeline().transform(fitted.features().rows(train));
    Row row = rows.select(Summarizer.std(col(MllibColumns.FEATURES))).head();
    double[] deviations = ((Vector) row.get(0)).toArray();
    for (int i = 0; i < line.length; i++) {
      deviations[i] *= line[i];
    }
    return deviations;
  }
}
