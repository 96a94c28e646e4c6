package dev.weft.spark.mllib;

import dev.weft.planner.spi.ModelSignature.Task;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.classification.DecisionTreeClassifier;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.classification.LinearSVC;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.NaiveBayes;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.clustering.BisectingKMeans;
import org.apache.spark.ml.clustering.GaussianMixture;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.clustering.LDA;
import org.apache.spark.ml.feature.CountVectorizer;
import org.apache.spark.ml.feature.IDF;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.feature.Word2Vec;
import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.ml.regression.DecisionTreeRegressor;
import org.apache.spark.ml.regression.GBTRegressor;
import org.apache.spark.ml.regression.GeneralizedLinearRegression;
import org.apache.spark.ml.regression.IsotonicRegression;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.RandomForestRegressor;

/** MLlib's estimators for the declared algorithms; each is known by its place, not by chance. */
final class Estimators {

  /** In the order of SHOW ALGORITHMS. */
  static final List<String> NAMES =
      List.of(
          "random_forest",
          "gbt",
          "decision_tree",
          "logistic_regression",
          "linear_svc",
          "naive_bayes",
          "linear_regression",
          "generalized_linear_regression",
          "isotonic_regression",
          "k_means",
          "bisecting_k_means",
          "gaussian_mixture",
          "pca",
          "word2vec",
          "tf_idf",
          "lda",
          "als");

  private static final List<String> TWO_CLASSES = List.of("gbt", "linear_svc");
  private static final List<String> WORDS = List.of("word2vec", "tf_idf", "lda");

  private Estimators() {}

  /** Whether it learns labels with two values only. */
  static boolean twoClasses(String algorithm) {
    return TWO_CLASSES.contains(algorithm);
  }

  /** Whether it learns from words. */
  static boolean words(String algorithm) {
    return WORDS.contains(algorithm);
  }

  /** What is fitted after the features are made, in this order. */
  static List<Estimator<?>> of(String name, Task task) {
    boolean classes = task == Task.CLASSIFICATION;
    return switch (name) {
      case "random_forest" ->
          List.of(classes ? new RandomForestClassifier(name) : new RandomForestRegressor(name));
      case "gbt" -> List.of(classes ? new GBTClassifier(name) : new GBTRegressor(name));
      case "decision_tree" ->
          List.of(classes ? new DecisionTreeClassifier(name) : new DecisionTreeRegressor(name));
      case "logistic_regression" -> List.of(new LogisticRegression(name));
      case "linear_svc" -> List.of(new LinearSVC(name));
      case "naive_bayes" -> List.of(new NaiveBayes(name));
      case "linear_regression" -> List.of(new LinearRegression(name));
      case "generalized_linear_regression" -> List.of(new GeneralizedLinearRegression(name));
      case "isotonic_regression" -> List.of(new IsotonicRegression(name));
      case "k_means" -> List.of(new KMeans(name));
      case "bisecting_k_means" -> List.of(new BisectingKMeans(name));
      case "gaussian_mixture" -> List.of(new GaussianMixture(name));
      case "pca" ->
          List.of(
              new PCA(name)
                  .setK(2)
                  .setInputCol(MllibColumns.FEATURES)
                  .setOutputCol(MllibColumns.ANSWER));
      case "word2vec" ->
          List.of(
              new Word2Vec(name).setInputCol(MllibColumns.WORDS).setOutputCol(MllibColumns.ANSWER));
      case "tf_idf" ->
          List.of(
              counts(),
              new IDF(name).setInputCol(MllibColumns.COUNTS).setOutputCol(MllibColumns.ANSWER));
      case "lda" ->
          List.of(
              counts(),
              new LDA(name)
                  .setFeaturesCol(MllibColumns.COUNTS)
                  .setTopicDistributionCol(MllibColumns.ANSWER));
      case "als" ->
          List.of(
              new ALS(name)
                  .setUserCol(FeaturePipeline.index(MllibColumns.feature(0)))
                  .setItemCol(FeaturePipeline.index(MllibColumns.feature(1)))
                  .setRatingCol(MllibColumns.LABEL)
                  .setCheckpointInterval(2));
      default -> throw new IllegalArgumentException("no MLlib algorithm " + name);
    };
  }

  private static Estimator<?> counts() {
    return new CountVectorizer("counts")
        .setInputCol(MllibColumns.WORDS)
        .setOutputCol(MllibColumns.COUNTS);
  }
}
