package dev.weft.spark.mllib;

/** stub */
public final class MllibAnswers {
  private MllibAnswers() {}

  public static dev.weft.spark.predict.RowAnswers of(
      dev.weft.engine.spi.ModelBackend.ModelFiles files,
      dev.weft.spark.predict.PredictLayout layout,
      org.apache.spark.SparkContext context) {
    throw new UnsupportedOperationException();
  }
}
