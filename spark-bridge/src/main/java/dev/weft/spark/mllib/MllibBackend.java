package dev.weft.spark.mllib;

/** stub */
public final class MllibBackend {
  private MllibBackend() {}

  public static boolean trains(String algorithm) {
    return java.util.Set.of("random_forest", "logistic_regression", "linear_regression")
        .contains(algorithm);
  }
}
