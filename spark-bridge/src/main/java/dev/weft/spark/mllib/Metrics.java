package dev.weft.spark.mllib;

import dev.weft.engine.spi.ModelBackend.Metric;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Measures a model on rows with labels, beside what the training labels alone would give. */
final class Metrics {

  private final RowModel model;
  private final ModelSignature signature;
  private final List<String> classes;
  private final double[] priors;
  private final double mean;

  Metrics(RowModel model, ModelSignature signature, Labels labels) {
    this.model = model;
    this.signature = signature;
    this.classes = labels.classes();
    this.priors = labels.train().shares(classes);
    this.mean = labels.train().mean();
  }

  /** Each class's share of the training rows, or their mean label alone. */
  List<Double> guess() {
    return signature.task() == Task.CLASSIFICATION
        ? Arrays.stream(priors).boxed().toList()
        : List.of(mean);
  }

  List<Metric> on(String data, Dataset<Row> rows) {
    return model instanceof ClassModel classifier
        ? classification(data, rows, classifier)
        : regression(data, rows);
  }

  private List<Metric> classification(String data, Dataset<Row> rows, ClassModel classifier) {
    List<Integer> labels = new ArrayList<>();
    List<double[]> probabilities = new ArrayList<>();
    Iterator<Row> iterator = rows.toLocalIterator();
    while (iterator.hasNext()) {
      Row row = iterator.next();
      labels.add(classes.indexOf(row.<String>getAs(MllibColumns.LABEL_TEXT)));
      probabilities.add(classifier.probabilities(features(row)));
    }
    return new ClassificationMetrics(labels, probabilities, priors, classifier::predicted).of(data);
  }

  private List<Metric> regression(String data, Dataset<Row> rows) {
    RegressionMetrics metrics = new RegressionMetrics(mean);
    Iterator<Row> iterator = rows.toLocalIterator();
    while (iterator.hasNext()) {
      Row row = iterator.next();
      double label = ((Number) row.getAs(MllibColumns.LABEL)).doubleValue();
      if (model.answer(features(row))[0] instanceof Double answer) {
        metrics.add(label, answer);
      }
    }
    return metrics.of(data);
  }

  private @Nullable Object[] features(Row row) {
    return RowFeatures.of(row, signature.features().size());
  }
}
