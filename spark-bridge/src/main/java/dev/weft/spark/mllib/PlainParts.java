package dev.weft.spark.mllib;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.DecisionTreeClassificationModel;
import org.apache.spark.ml.classification.GBTClassificationModel;
import org.apache.spark.ml.classification.LinearSVCModel;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.classification.NaiveBayesModel;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.clustering.BisectingKMeansModel;
import org.apache.spark.ml.clustering.GaussianMixtureModel;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.regression.DecisionTreeRegressionModel;
import org.apache.spark.ml.regression.GBTRegressionModel;
import org.apache.spark.ml.regression.GeneralizedLinearRegressionModel;
import org.apache.spark.ml.regression.IsotonicRegressionModel;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.ml.regression.RandomForestRegressionModel;
import org.apache.spark.ml.tree.CategoricalSplit;
import org.apache.spark.ml.tree.ContinuousSplit;
import org.apache.spark.ml.tree.InternalNode;
import org.apache.spark.ml.tree.Node;
import org.apache.spark.ml.tree.Split;

/** The part of a pipeline that has learnt, as maps and lists. */
final class PlainParts {

  private PlainParts() {}

  /**
   * A model.
   *
   * @param classes how many there are, of which the rows to train on may have lacked some; 0 for
   *     regression
   */
  static Map<String, Object> of(Transformer model, int classes) {
    if (model instanceof LogisticRegressionModel logistic) {
      return logistic(logistic, classes);
    }
    if (model instanceof LinearRegressionModel linear) {
      return linear(List.of(linear.coefficients().toArray()), new double[] {linear.intercept()});
    }
    if (model instanceof RandomForestClassificationModel forest) {
      return forest(Arrays.stream(forest.trees()).map(tree -> tree.rootNode()), classes);
    }
    if (model instanceof RandomForestRegressionModel forest) {
      return forest(Arrays.stream(forest.trees()).map(tree -> tree.rootNode()), 0);
    }
    if (model instanceof GBTClassificationModel sum) {
      return boosting(sum.trees(), sum.treeWeights());
    }
    if (model instanceof GBTRegressionModel sum) {
      return boosting(sum.trees(), sum.treeWeights());
    }
    if (model instanceof LinearSVCModel margin) {
      return linear(List.of(margin.coefficients().toArray()), new double[] {margin.intercept()});
    }
    if (model instanceof GeneralizedLinearRegressionModel linked) {
      return PlainLinks.of(linked);
    }
    if (model instanceof DecisionTreeClassificationModel tree) {
      return forest(Stream.of(tree.rootNode()), classes);
    }
    if (model instanceof DecisionTreeRegressionModel tree) {
      return forest(Stream.of(tree.rootNode()), 0);
    }
    if (model instanceof NaiveBayesModel bayes) {
      return bayes(bayes);
    }
    if (model instanceof IsotonicRegressionModel steps) {
      return steps(steps);
    }
    if (model instanceof KMeansModel means) {
      return PlainClusters.of(means);
    }
    if (model instanceof BisectingKMeansModel tree) {
      return PlainClusters.of(tree);
    }
    if (model instanceof GaussianMixtureModel mixture) {
      return PlainClusters.of(mixture);
    }
    return Map.of("kind", model.getClass().getSimpleName());
  }

  /** Of two classes the coefficients are those of the second. */
  private static Map<String, Object> logistic(LogisticRegressionModel model, int classes) {
    List<double[]> rows = PlainClusters.rows(model.coefficientMatrix());
    double[] intercepts = model.interceptVector().toArray();
    if (classes > 2 && rows.size() < classes) {
      throw new IllegalStateException("the rows to train on lacked a class");
    }
    return linear(rows, intercepts);
  }

  private static Map<String, Object> linear(List<double[]> coefficients, double[] intercepts) {
    return Map.of("kind", "linear", "coefficients", coefficients, "intercepts", intercepts);
  }

  /** Logarithms of probabilities, or means and variances, of each class. */
  private static Map<String, Object> bayes(NaiveBayesModel model) {
    boolean normal = model.getModelType().equals("gaussian");
    return Map.of(
        "kind",
        "bayes",
        "type",
        model.getModelType(),
        "pi",
        model.pi().toArray(),
        "theta",
        PlainClusters.rows(model.theta()),
        "sigma",
        normal ? PlainClusters.rows(model.sigma()) : List.of());
  }

  private static Map<String, Object> steps(IsotonicRegressionModel model) {
    return Map.of(
        "kind",
        "steps",
        "boundaries",
        model.boundaries().toArray(),
        "values",
        model.predictions().toArray());
  }

  /** The sum of trees of numbers, each with its weight. */
  private static Map<String, Object> boosting(
      DecisionTreeRegressionModel[] trees, double[] weights) {
    return Map.of(
        "kind",
        "boosting",
        "trees",
        Arrays.stream(trees).map(each -> tree(each.rootNode(), 0)).toList(),
        "weights",
        weights);
  }

  private static Map<String, Object> forest(Stream<Node> roots, int classes) {
    return Map.of("kind", "forest", "trees", roots.map(root -> tree(root, classes)).toList());
  }

  private static Map<String, Object> tree(Node root, int classes) {
    Flat flat = new Flat(classes);
    flat.add(root);
    return Map.of(
        "feature",
        flat.feature,
        "threshold",
        flat.threshold,
        "left",
        flat.left,
        "right",
        flat.right,
        "value",
        flat.value);
  }

  /** A tree as lists, children behind their parents; -1 as the feature of a leaf. */
  private static final class Flat {
    private final int classes;
    private final List<Integer> feature = new ArrayList<>();
    private final List<Double> threshold = new ArrayList<>();
    private final List<Integer> left = new ArrayList<>();
    private final List<Integer> right = new ArrayList<>();
    private final List<double[]> value = new ArrayList<>();

    Flat(int classes) {
      this.classes = classes;
    }

    int add(Node node) {
      int place = feature.size();
      feature.add(-1);
      threshold.add(0.0);
      left.add(-1);
      right.add(-1);
      value.add(value(node));
      if (node instanceof InternalNode inner) {
        boolean swapped = split(place, inner.split());
        left.set(place, add(swapped ? inner.rightChild() : inner.leftChild()));
        right.set(place, add(swapped ? inner.leftChild() : inner.rightChild()));
      }
      return place;
    }

    /** Sets a node's split, up to which it goes to the left; says whether its sides are swapped. */
    private boolean split(int place, Split split) {
      feature.set(place, split.featureIndex());
      if (split instanceof ContinuousSplit number) {
        threshold.set(place, number.threshold());
        return false;
      }
      // The columns of a category, which are 0 or 1.
      double[] lefts = ((CategoricalSplit) split).leftCategories();
      double[] rights = ((CategoricalSplit) split).rightCategories();
      if (lefts.length != 1 || rights.length != 1) {
        throw new IllegalStateException("a tree parts more than two categories at once");
      }
      threshold.set(place, 0.5);
      return lefts[0] > rights[0];
    }

    private double[] value(Node node) {
      if (classes == 0) {
        return new double[] {node.prediction()};
      }
      double[] counts = node.impurityStats().stats();
      double total = Math.max(Arrays.stream(counts).sum(), Double.MIN_NORMAL);
      double[] shares = Arrays.copyOf(counts, classes);
      Arrays.setAll(shares, i -> shares[i] / total);
      return shares;
    }
  }
}
