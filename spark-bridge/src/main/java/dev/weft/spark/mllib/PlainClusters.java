package dev.weft.spark.mllib;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.ml.clustering.BisectingKMeansModel;
import org.apache.spark.ml.clustering.GaussianMixtureModel;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.stat.distribution.MultivariateGaussian;
import org.apache.spark.mllib.clustering.ClusteringTreeNode;

/** Clusterings as maps and lists. */
final class PlainClusters {

  private static final String COSINE = "cosine";

  private PlainClusters() {}

  /** A stored model forgets its measure for the nearest centre, and has it for the distance. */
  static Map<String, Object> of(KMeansModel model) {
    return Map.of(
        "kind",
        "centres",
        COSINE,
        model.getDistanceMeasure().equals(COSINE),
        "angles",
        model.parentModel().distanceMeasure().equals(COSINE),
        "centres",
        rows(model.clusterCenters()));
  }

  /** A row goes down from the root, each time to the nearer of two centres. */
  static Map<String, Object> of(BisectingKMeansModel model) {
    org.apache.spark.mllib.clustering.BisectingKMeansModel tree =
        model.org$apache$spark$ml$clustering$BisectingKMeansModel$$parentModel();
    Flat flat = new Flat();
    flat.add(tree.root());
    return Map.of(
        "kind",
        "tree of centres",
        COSINE,
        model.getDistanceMeasure().equals(COSINE),
        "angles",
        tree.distanceMeasure().equals(COSINE),
        "centres",
        rows(model.clusterCenters()),
        "nodes",
        flat.centres,
        "left",
        flat.left,
        "right",
        flat.right,
        "cluster",
        flat.clusters);
  }

  /** The density of a row x is exp(shift - |root (x - mean)|² / 2). */
  static Map<String, Object> of(GaussianMixtureModel model) {
    List<MultivariateGaussian> parts = List.of(model.gaussians());
    return Map.of(
        "kind",
        "mixture",
        "weights",
        model.weights(),
        "means",
        parts.stream().map(part -> part.mean().toArray()).toList(),
        "roots",
        parts.stream().map(part -> rows((Matrix) hidden(part, "rootSigmaInvMat"))).toList(),
        "shifts",
        parts.stream().map(part -> hidden(part, "u")).toList());
  }

  /**
   * What MLlib computes of a covariance. Computed once more elsewhere, a value next to zero, such
   * as those of categories, could fall on the other side of what MLlib takes for zero.
   */
  private static Object hidden(MultivariateGaussian part, String name) {
    try {
      Method method = MultivariateGaussian.class.getDeclaredMethod(name);
      method.setAccessible(true);
      return method.invoke(part);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Spark keeps its distributions in another way", e);
    }
  }

  static List<double[]> rows(Matrix matrix) {
    return IntStream.range(0, matrix.numRows())
        .mapToObj(
            row ->
                IntStream.range(0, matrix.numCols())
                    .mapToDouble(column -> matrix.apply(row, column))
                    .toArray())
        .toList();
  }

  private static List<double[]> rows(Vector[] vectors) {
    return Arrays.stream(vectors).map(Vector::toArray).toList();
  }

  /** The tree as lists, children behind their parents; a leaf's children are itself. */
  private static final class Flat {
    private final List<double[]> centres = new ArrayList<>();
    private final List<Integer> left = new ArrayList<>();
    private final List<Integer> right = new ArrayList<>();
    private final List<Integer> clusters = new ArrayList<>();

    int add(ClusteringTreeNode node) {
      int place = centres.size();
      centres.add(node.center().toArray());
      clusters.add(node.index());
      left.add(place);
      right.add(place);
      if (!node.isLeaf()) {
        left.set(place, add(node.children()[0]));
        right.set(place, add(node.children()[1]));
      }
      return place;
    }
  }
}
