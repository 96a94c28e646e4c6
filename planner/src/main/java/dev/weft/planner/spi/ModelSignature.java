package dev.weft.planner.spi;

import java.util.List;
import java.util.Optional;

/**
 * What a model reads and gives.
 *
 * @param algorithm the algorithm's canonical name
 * @param features in training order, as its runtime gets them
 * @param label empty for tasks that learn without one
 * @param transform what computes the features, where they are not columns of the rows themselves
 */
public record ModelSignature(
    String algorithm,
    Task task,
    List<Feature> features,
    Optional<Column> label,
    Optional<Transform> transform) {

  /** Copies the list. */
  public ModelSignature {
    features = List.copyOf(features);
  }

  /** A model whose features are columns of the rows. */
  public ModelSignature(
      String algorithm, Task task, List<Feature> features, Optional<Column> label) {
    this(algorithm, task, features, label, Optional.empty());
  }

  /** The columns that it reads of raw rows. */
  public List<Feature> inputs() {
    return transform.map(Transform::inputs).orElse(features);
  }

  /** What a model is for. */
  public enum Task {
    CLASSIFICATION,
    REGRESSION,
    CLUSTERING,
    /** A vector for each row. */
    EMBEDDING,
    /** The words of each row and how much each says. */
    TERMS,
    /** The topics of each row. */
    TOPICS;

    /** Whether training needs a label. */
    public boolean labelled() {
      return this == CLASSIFICATION || this == REGRESSION;
    }

    /** Whether rows that were not learnt from can tell how good a model is. */
    public boolean testable() {
      return this != EMBEDDING && this != TERMS;
    }
  }

  /**
   * How a feature's values enter a model: {@code DATETIME} as seconds since 1970, {@code TEXT} as
   * its words, {@code NUMBERS} and {@code TEXTS} as arrays of numbers and of words, {@code IMAGE}
   * as the bytes of an image's file.
   */
  public enum FeatureKind {
    NUMBER,
    BOOLEAN,
    CATEGORY,
    DATETIME,
    TEXT,
    NUMBERS,
    TEXTS,
    IMAGE;

    /** What every algorithm takes that does not say otherwise. */
    public static final List<FeatureKind> PLAIN = List.of(NUMBER, BOOLEAN, CATEGORY, DATETIME);
  }

  /**
   * One input of a model.
   *
   * @param type the Spark type seen at training
   */
  public record Feature(String name, String type, FeatureKind kind) {}
}
