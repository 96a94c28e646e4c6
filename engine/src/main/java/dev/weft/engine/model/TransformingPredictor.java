package dev.weft.engine.model;

import dev.weft.engine.Rows;
import dev.weft.engine.spi.RelationalBackend;
import dev.weft.engine.spi.RowPredictor;
import dev.weft.engine.spi.Run;
import dev.weft.planner.query.QueryPlanner;
import dev.weft.planner.query.TransformedRows;
import dev.weft.planner.spi.ModelCatalog;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Feature;
import dev.weft.planner.spi.ScanStatistics;
import dev.weft.planner.spi.Transform;
import dev.weft.planner.validate.Rels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.calcite.rel.RelNode;

/**
 * Answers raw rows: Spark computes what TRANSFORM says, as it does for PREDICT, the model the rest.
 */
final class TransformingPredictor implements RowPredictor {

  /** The rows of a request, for the thread that answers it. */
  private static final ThreadLocal<List<List<Object>>> ROWS = ThreadLocal.withInitial(List::of);

  private final RelationalBackend relations;
  private final List<Feature> inputs;
  private final RelNode plan;
  private final RowPredictor model;
  private final Run run;

  /**
   * In front of a model.
   *
   * @param relations its own, closed with it
   * @param manifest of a model with a TRANSFORM
   * @param run where errors point to
   */
  TransformingPredictor(
      RelationalBackend relations,
      ModelCatalog models,
      Manifest manifest,
      RowPredictor model,
      Run run) {
    this.relations = relations;
    this.model = model;
    this.run = run;
    ModelSignature signature = manifest.signature();
    Transform transform = signature.transform().orElseThrow();
    this.inputs = transform.inputs();
    TransformedRows transformed =
        new QueryPlanner(relations.catalog(), models, Rels.cluster(ScanStatistics.NONE))
            .transformed();
    RelNode computed =
        transformed.over(
            transformed.given(transform, ROWS::get),
            transform,
            manifest.fitted()::get,
            manifest.name());
    this.plan = transformed.features(computed, signature.features());
  }

  @Override
  public List<Map<String, Object>> predict(List<Map<String, Object>> raw) {
    ROWS.set(numbered(raw));
    TreeMap<Integer, Map<String, Object>> features = new TreeMap<>();
    Run own = new Run(UUID.randomUUID().toString(), run.span(), progress -> {}, () -> false);
    try (Rows computed = relations.rows(plan, own)) {
      for (VectorSchemaRoot batch = computed.next(); batch != null; batch = computed.next()) {
        for (int row = 0; row < batch.getRowCount(); row++) {
          Map<String, Object> values = ArrowValues.row(batch, row);
          Object number = Objects.requireNonNull(values.remove(TransformedRows.NUMBER));
          features.put((Integer) number, values);
        }
      }
    } finally {
      ROWS.remove();
    }
    return model.predict(List.copyOf(features.values()));
  }

  /** Null is a legal value, though the types do not say so. */
  private List<List<Object>> numbered(List<Map<String, Object>> raw) {
    List<List<Object>> numbered = new ArrayList<>();
    for (Map<String, Object> row : raw) {
      List<Object> values = new ArrayList<>();
      values.add(numbered.size());
      inputs.forEach(input -> values.add(row.get(input.name())));
      numbered.add(values);
    }
    return numbered;
  }

  @Override
  public void close() {
    try {
      model.close();
    } finally {
      relations.close();
    }
  }
}
