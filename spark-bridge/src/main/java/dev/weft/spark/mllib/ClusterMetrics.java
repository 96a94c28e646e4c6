package dev.weft.spark.mllib;

import static org.apache.spark.sql.functions.col;

import dev.weft.engine.spi.ModelBackend.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.clustering.GaussianMixtureModel;
import org.apache.spark.ml.clustering.LDAModel;
import org.apache.spark.ml.evaluation.ClusteringEvaluator;
import org.apache.spark.ml.feature.CountVectorizerModel;
import org.apache.spark.ml.feature.PCAModel;
import org.apache.spark.ml.feature.Word2VecModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Measures models that learn without a label. */
final class ClusterMetrics {

  private final Fitting.Fitted fitted;
  private final int features;

  ClusterMetrics(Fitting.Fitted fitted, int features) {
    this.fitted = fitted;
    this.features = features;
  }

  List<Metric> on(String data, Dataset<Row> rows) {
    if (fitted.model() instanceof ClusterModel clusters) {
      return clusters(data, rows, clusters);
    }
    List<Metric> metrics = new ArrayList<>();
    for (Object stage : fitted.pipeline().stages()) {
      if (stage instanceof PCAModel model) {
        double kept = Arrays.stream(model.explainedVariance().toArray()).sum();
        metrics.add(new Metric(data, "explained_variance", kept, Double.NaN));
      } else if (stage instanceof CountVectorizerModel model) {
        metrics.add(new Metric(data, "vocabulary", model.vocabulary().length, Double.NaN));
      } else if (stage instanceof Word2VecModel model) {
        metrics.add(new Metric(data, "vocabulary", model.getVectors().count(), Double.NaN));
      } else if (stage instanceof LDAModel model) {
        Dataset<Row> counted = fitted.pipeline().transform(fitted.features().rows(rows));
        metrics.add(new Metric(data, "log_perplexity", model.logPerplexity(counted), Double.NaN));
      }
    }
    return metrics;
  }

  /** The baseline of the cost is that of one cluster around the mean of the rows. */
  private List<Metric> clusters(String data, Dataset<Row> rows, ClusterModel clusters) {
    double cost = 0;
    double distances = 0;
    long count = 0;
    Set<Object> used = new HashSet<>();
    Iterator<Row> iterator = rows.toLocalIterator();
    while (iterator.hasNext()) {
      Object[] answer = clusters.answer(RowFeatures.of(iterator.next(), features));
      double distance = (Double) answer[1];
      used.add(answer[0]);
      cost += distance * distance;
      distances += distance;
      count++;
    }
    Dataset<Row> placed = fitted.pipeline().transform(fitted.features().rows(rows));
    List<Metric> metrics = new ArrayList<>();
    metrics.add(new Metric(data, "silhouette", silhouette(placed, used.size(), clusters), 0));
    metrics.add(
        new Metric(data, "cost", cost, clusters.cosine() ? Double.NaN : spread(placed, count)));
    metrics.add(new Metric(data, "mean_distance", distances / count, Double.NaN));
    metrics.add(new Metric(data, "clusters", used.size(), 1));
    if (clusters.model() instanceof GaussianMixtureModel mixture && data.equals("train")) {
      metrics.add(
          new Metric(data, "log_likelihood", mixture.summary().logLikelihood(), Double.NaN));
    }
    return metrics;
  }

  /** There is none where all rows are in one cluster. */
  private static double silhouette(Dataset<Row> placed, int used, ClusterModel clusters) {
    return used < 2
        ? Double.NaN
        : new ClusteringEvaluator()
            .setFeaturesCol(MllibColumns.FEATURES)
            .setPredictionCol(MllibColumns.ANSWER)
            .setDistanceMeasure(clusters.cosine() ? "cosine" : "squaredEuclidean")
            .evaluate(placed);
  }

  private static double spread(Dataset<Row> placed, long count) {
    Row row = placed.select(Summarizer.variance(col(MllibColumns.FEATURES))).head();
    return Arrays.stream(((Vector) row.get(0)).toArray()).sum() * (count - 1);
  }
}
