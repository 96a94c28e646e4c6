package dev.weft.planner.rel;

import dev.weft.planner.spi.RelationalCatalog.AnalyzedText;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/** A query handed to Spark as it stands, because the planner cannot represent it. */
public final class SparkText extends AbstractRelNode {

  private final List<RelNode> inputs;
  private final List<String> names;
  private final AnalyzedText text;
  private final String reason;

  /**
   * A query.
   *
   * @param inputs the script's tables that the text may read, planned like any other
   * @param names what the text calls them
   */
  public SparkText(
      RelOptCluster cluster,
      RelTraitSet traits,
      List<RelNode> inputs,
      List<String> names,
      AnalyzedText text,
      String reason,
      RelDataType type) {
    super(cluster, traits);
    this.inputs = List.copyOf(inputs);
    this.names = List.copyOf(names);
    this.text = text;
    this.reason = reason;
    this.rowType = type;
  }

  /** What the text calls the inputs, in their order. */
  public List<String> names() {
    return names;
  }

  public AnalyzedText text() {
    return text;
  }

  /** Why it was not planned, for EXPLAIN. */
  public String reason() {
    return reason;
  }

  @Override
  public List<RelNode> getInputs() {
    return inputs;
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> newInputs) {
    return new SparkText(getCluster(), traits, newInputs, names, text, reason, getRowType());
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    super.explainTerms(writer);
    for (int i = 0; i < inputs.size(); i++) {
      writer.input(names.get(i), inputs.get(i));
    }
    return writer.item("text", text.text()).item("because", reason);
  }
}
