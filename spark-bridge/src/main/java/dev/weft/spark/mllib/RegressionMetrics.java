package dev.weft.spark.mllib;

import dev.weft.engine.spi.ModelBackend.Metric;
import java.util.List;

/** rmse, mae and r2, beside those of always answering the training mean. */
final class RegressionMetrics {

  private final double mean;
  private long count;
  private double squares;
  private double absolutes;
  private double meanSquares;
  private double meanAbsolutes;
  private double sum;
  private double sumOfSquares;

  RegressionMetrics(double mean) {
    this.mean = mean;
  }

  void add(double label, double prediction) {
    count++;
    squares += (label - prediction) * (label - prediction);
    absolutes += Math.abs(label - prediction);
    meanSquares += (label - mean) * (label - mean);
    meanAbsolutes += Math.abs(label - mean);
    sum += label - mean;
    sumOfSquares += (label - mean) * (label - mean);
  }

  List<Metric> of(String data) {
    double spread = sumOfSquares - sum * sum / count;
    double r2 = spread > 0 ? 1 - squares / spread : 0;
    return List.of(
        new Metric(data, "rmse", Math.sqrt(squares / count), Math.sqrt(meanSquares / count)),
        new Metric(data, "mae", absolutes / count, meanAbsolutes / count),
        new Metric(data, "r2", r2, 0));
  }
}
