package dev.weft.spark.mllib;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.spark.ml.classification.ClassificationModel;
import org.apache.spark.ml.classification.LinearSVCModel;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/** A classifier: the class, its probability, and that of each class. */
final class ClassModel implements RowModel {

  private static final long serialVersionUID = 1L;

  private final RowVector vector;
  private final ClassificationModel<Vector, ?> model;
  private final ArrayList<Object> classes;
  private final double threshold;

  /**
   * A classifier.
   *
   * @param classes the labels as values of their own type, in the model's order
   */
  ClassModel(RowVector vector, ClassificationModel<Vector, ?> model, List<Object> classes) {
    this.vector = vector;
    this.model = model;
    this.classes = new ArrayList<>(classes);
    this.threshold = chosen(model).orElse(0.5);
  }

  /** The probability above which the second of two classes is answered, where one was given. */
  static OptionalDouble chosen(ClassificationModel<?, ?> model) {
    if (model instanceof LinearSVCModel margin) {
      return OptionalDouble.of(logistic(margin.getThreshold()));
    }
    ProbabilisticClassificationModel<?, ?> known = (ProbabilisticClassificationModel<?, ?>) model;
    if (!known.isSet(known.thresholds())) {
      return OptionalDouble.empty();
    }
    double[] both = known.getThresholds();
    return OptionalDouble.of(both[1] / (both[0] + both[1]));
  }

  private static double logistic(double margin) {
    return 1 / (1 + Math.exp(-margin));
  }

  /** The probability of each class; of a margin, what orders rows in the same way. */
  double[] probabilities(@Nullable Object[] features) {
    Vector row = vector.of(features);
    if (model instanceof LinearSVCModel margin) {
      double second = logistic(margin.predictRaw(row).apply(1));
      return new double[] {1 - second, second};
    }
    @SuppressWarnings("unchecked")
    ProbabilisticClassificationModel<Vector, ?> classifier =
        (ProbabilisticClassificationModel<Vector, ?>) model;
    double[] given = classifier.predictProbability(row).toArray();
    return Arrays.copyOf(given, classes.size());
  }

  /** The class that is answered. */
  int predicted(double[] probabilities) {
    return probabilities.length == 2
        ? probabilities[1] > threshold ? 1 : 0
        : ClassValues.likeliest(probabilities);
  }

  @Override
  public @Nullable Object[] answer(@Nullable Object[] features) {
    double[] probabilities = probabilities(features);
    int predicted = predicted(probabilities);
    Map<Object, Double> all = new LinkedHashMap<>();
    for (int i = 0; i < probabilities.length; i++) {
      all.put(classes.get(i), probabilities[i]);
    }
    return new Object[] {
      classes.get(predicted), probabilities[ClassValues.shown(probabilities, predicted)], all
    };
  }
}
