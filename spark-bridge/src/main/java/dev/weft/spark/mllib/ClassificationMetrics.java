package dev.weft.spark.mllib;

import dev.weft.engine.spi.ModelBackend.Metric;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** auc, log_loss, accuracy and f1, beside those that the training labels alone would give. */
final class ClassificationMetrics {

  private static final double CLIP = 1e-15;

  private final List<Integer> labels;
  private final List<double[]> probabilities;
  private final double[] priors;
  private final ToIntFunction<double[]> predicted;

  /**
   * Over rows.
   *
   * @param predicted the class that probabilities make the answer
   */
  ClassificationMetrics(
      List<Integer> labels,
      List<double[]> probabilities,
      double[] priors,
      ToIntFunction<double[]> predicted) {
    this.predicted = predicted;
    this.labels = labels;
    this.probabilities = probabilities;
    this.priors = priors;
  }

  List<Metric> of(String data) {
    int majority = ClassValues.likeliest(priors);
    int[] answered = probabilities.stream().mapToInt(predicted).toArray();
    int[] always = new int[answered.length];
    java.util.Arrays.fill(always, majority);
    return List.of(
        new Metric(data, "auc", auc(), 0.5),
        new Metric(
            data, "log_loss", logLoss(i -> probabilities.get(i)[labels.get(i)]), priorLoss()),
        new Metric(data, "accuracy", accuracy(answered), accuracy(always)),
        new Metric(data, "f1", f1(answered), f1(always)));
  }

  private double priorLoss() {
    return logLoss(i -> priors[labels.get(i)]);
  }

  private double logLoss(IntToDoubleFunction probability) {
    return IntStream.range(0, labels.size())
        .mapToDouble(probability)
        .map(p -> -Math.log(Math.min(1 - CLIP, Math.max(CLIP, p))))
        .average()
        .orElse(Double.NaN);
  }

  private double accuracy(int[] predicted) {
    return IntStream.range(0, predicted.length)
        .mapToDouble(i -> predicted[i] == labels.get(i) ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  /** Of the second class when there are two, else the mean over the classes. */
  private double f1(int[] predicted) {
    return priors.length == 2
        ? f1(predicted, 1)
        : IntStream.range(0, priors.length)
            .mapToDouble(c -> f1(predicted, c))
            .average()
            .orElse(Double.NaN);
  }

  private double f1(int[] predicted, int positive) {
    double hits = 0;
    double claimed = 0;
    double real = 0;
    for (int i = 0; i < predicted.length; i++) {
      boolean is = labels.get(i) == positive;
      boolean said = predicted[i] == positive;
      hits += is && said ? 1 : 0;
      claimed += said ? 1 : 0;
      real += is ? 1 : 0;
    }
    return claimed + real == 0 ? 0 : 2 * hits / (claimed + real);
  }

  private double auc() {
    return priors.length == 2
        ? auc(1)
        : IntStream.range(0, priors.length)
            .mapToDouble(this::auc)
            .filter(auc -> !Double.isNaN(auc))
            .average()
            .orElse(Double.NaN);
  }

  /** By the ranks of the positive rows, ties counting half; NaN where one side has no row. */
  private double auc(int positive) {
    List<Integer> order =
        IntStream.range(0, labels.size())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> probabilities.get(i)[positive]))
            .toList();
    double ranks = 0;
    double positives = 0;
    int start = 0;
    while (start < order.size()) {
      int end = start;
      double value = probabilities.get(order.get(start))[positive];
      double inTie = 0;
      while (end < order.size() && probabilities.get(order.get(end))[positive] == value) {
        inTie += labels.get(order.get(end)) == positive ? 1 : 0;
        end++;
      }
      ranks += inTie * (start + 1 + end) / 2.0;
      positives += inTie;
      start = end;
    }
    double negatives = labels.size() - positives;
    return (ranks - positives * (positives + 1) / 2) / (positives * negatives);
  }
}
