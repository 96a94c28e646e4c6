package dev.weft.spark.mllib;

import dev.weft.spark.run.Steps;
import java.util.Map;
import java.util.Optional;

/**
 * How each algorithm of MLlib tells its iterations: by the places in its code that start jobs, and
 * by the names of its data sets. What passes over the rows once, or solves at once, has none.
 */
final class Iterations {

  private static final String ITERATIONS = "iterations";

  /** Of these nobody knows how many there will be. */
  private static final String PASSES = "passes";

  private Iterations() {}

  /**
   * The steps of one fit.
   *
   * @param parameters every effective one
   */
  static Optional<Steps> of(String algorithm, Map<String, Object> parameters) {
    long most = parameters.get("max_iter") instanceof Number given ? given.longValue() : 0;
    return Optional.ofNullable(
        switch (algorithm) {
          case "gbt" -> Steps.numbered("\\w+ at iter=(\\d+)", 0, "trees", most);
          // Only feedback that is implicit is counted from 1.
          case "als" ->
              Steps.numbered(
                  "itemFactors-(\\d+)",
                  Boolean.TRUE.equals(parameters.get("implicit_prefs")) ? 1 : 0,
                  ITERATIONS,
                  most);
          case "k_means" -> Steps.counted("collectAsMap at KMeans.scala", 0, ITERATIONS, most);
          case "gaussian_mixture" ->
              Steps.counted("collect at GaussianMixture.scala", 0, ITERATIONS, most);
          case "lda" -> Steps.counted("treeAggregate at LDAOptimizer.scala", 0, ITERATIONS, most);
          case "word2vec" -> Steps.counted("mapPartitions at Word2Vec.scala", 0, ITERATIONS, most);
          // The first job finds where to begin.
          case "generalized_linear_regression" ->
              Steps.counted("treeAggregate at WeightedLeastSquares.scala", 1, ITERATIONS, most);
          // An iteration takes as many passes as its search along a line needs.
          case "logistic_regression", "linear_regression", "linear_svc" ->
              SearchLog.heard()
                  ? Steps.followed(ITERATIONS, most)
                  : Steps.counted("treeAggregate at RDDLossFunction.scala", 0, PASSES, 0);
          // A pass splits as many nodes as there is memory for.
          case "random_forest", "decision_tree" ->
              Steps.counted("mapPartitions at RandomForest.scala", 0, PASSES, 0);
          case "bisecting_k_means" ->
              Steps.counted("collect at BisectingKMeans.scala", 0, PASSES, 0);
          default -> null;
        });
  }
}
