package dev.weft.planner.rel;

import dev.weft.planner.plan.PlannedModel;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;

/**
 * Adds a model's answers to each row of its input: as many rows, the input's fields first, then the
 * outputs that are used.
 */
public final class Predict extends SingleRel {

  private final PlannedModel model;
  private final List<Integer> features;
  private final List<Integer> outputs;

  /**
   * A prediction.
   *
   * @param features for each feature of the model's signature in order, the input field that holds
   *     it, already cast to the type its kind asks for
   * @param outputs which of {@link dev.weft.planner.PredictionColumns#of} are appended, in order
   */
  public Predict(
      RelOptCluster cluster,
      RelTraitSet traits,
      RelNode input,
      PlannedModel model,
      List<Integer> features,
      List<Integer> outputs,
      RelDataType type) {
    super(cluster, traits, input);
    this.model = model;
    this.features = List.copyOf(features);
    this.outputs = List.copyOf(outputs);
    this.rowType = type;
  }

  public PlannedModel model() {
    return model;
  }

  public List<Integer> features() {
    return features;
  }

  public List<Integer> outputs() {
    return outputs;
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new Predict(getCluster(), traits, sole(inputs), model, features, outputs, getRowType());
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    int inputs = getInput().getRowType().getFieldCount();
    List<String> names = getRowType().getFieldNames();
    return super.explainTerms(writer)
        .item("model", model)
        .item("features", features)
        .item("outputs", names.subList(inputs, names.size()));
  }
}
