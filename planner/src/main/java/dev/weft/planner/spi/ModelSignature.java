package dev.weft.planner.spi;

import java.util.List;
import java.util.Optional;

/**
 * What a model reads and gives.
 *
 * @param algorithm the algorithm's canonical name
 * @param features in training order
 * @param label empty for clustering
 */
public record ModelSignature(
    String algorithm, Task task, List<Feature> features, Optional<Column> label) {

  /** Copies the list. */
  public ModelSignature {
    features = List.copyOf(features);
  }

  /** What a model is for. */
  public enum Task {
    CLASSIFICATION,
    REGRESSION,
    CLUSTERING
  }

  /** How a feature's values enter a model: {@code DATETIME} as seconds since 1970. */
  public enum FeatureKind {
    NUMBER,
    BOOLEAN,
    CATEGORY,
    DATETIME
  }

  /**
   * One input of a model.
   *
   * @param type the Spark type seen at training
   */
  public record Feature(String name, String type, FeatureKind kind) {}
}
