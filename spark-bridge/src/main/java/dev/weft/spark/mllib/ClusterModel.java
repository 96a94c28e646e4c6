package dev.weft.spark.mllib;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.clustering.BisectingKMeansModel;
import org.apache.spark.ml.clustering.GaussianMixtureModel;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;

/** A clustering: the cluster's number from 0, and how far its centre is. */
record ClusterModel(RowVector vector, Model<?> model, List<Vector> centres, boolean cosine)
    implements RowModel {

  static ClusterModel of(RowVector vector, Model<?> model) {
    if (model instanceof KMeansModel means) {
      return new ClusterModel(
          vector,
          model,
          List.of(means.clusterCenters()),
          means.getDistanceMeasure().equals("cosine"));
    }
    if (model instanceof BisectingKMeansModel tree) {
      return new ClusterModel(
          vector,
          model,
          List.of(tree.clusterCenters()),
          tree.getDistanceMeasure().equals("cosine"));
    }
    GaussianMixtureModel mixture = (GaussianMixtureModel) model;
    List<Vector> means =
        Arrays.stream(mixture.gaussians()).<Vector>map(each -> each.mean()).toList();
    return new ClusterModel(vector, model, means, false);
  }

  @Override
  public @Nullable Object[] answer(@Nullable Object[] features) {
    Vector row = vector.of(features);
    int cluster = cluster(row);
    return new Object[] {cluster, distance(row, centres.get(cluster))};
  }

  private int cluster(Vector row) {
    if (model instanceof KMeansModel means) {
      return means.predict(row);
    }
    return model instanceof BisectingKMeansModel tree
        ? tree.predict(row)
        : ((GaussianMixtureModel) model).predict(row);
  }

  private double distance(Vector row, Vector centre) {
    if (!cosine) {
      return Math.sqrt(Vectors.sqdist(row, centre));
    }
    double lengths = Vectors.norm(row, 2) * Vectors.norm(centre, 2);
    return lengths == 0 ? 1 : 1 - row.dot(centre) / lengths;
  }
}
