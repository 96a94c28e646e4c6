package dev.weft.planner;

import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelSignature;
import java.util.List;

/** The columns PREDICT adds, as every front end and runtime names and types them. */
public final class PredictionColumns {

  private PredictionColumns() {}

  /**
   * The full list in order: {@code <label>_pred, <label>_prob, <label>_probs} for classification,
   * {@code <label>_pred} for regression, {@code cluster, distance} for clustering, {@code
   * embedding} for embeddings, {@code terms} for words and {@code topic, topics} for topics.
   */
  public static List<Column> of(ModelSignature signature) {
    return switch (signature.task()) {
      case CLASSIFICATION -> classification(signature.label().orElseThrow());
      case REGRESSION ->
          List.of(new Column(signature.label().orElseThrow().name() + "_pred", "double", true));
      case CLUSTERING ->
          List.of(new Column("cluster", "int", true), new Column("distance", "double", true));
      case EMBEDDING -> List.of(new Column("embedding", "array<double>", true));
      case TERMS -> List.of(new Column("terms", "map<string,double>", true));
      case TOPICS ->
          List.of(new Column("topic", "int", true), new Column("topics", "array<double>", true));
    };
  }

  private static List<Column> classification(Column label) {
    return List.of(
        new Column(label.name() + "_pred", label.type(), true),
        new Column(label.name() + "_prob", "double", true),
        new Column(label.name() + "_probs", "map<" + label.type() + ",double>", true));
  }
}
