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

  private final AnalyzedText text;
  private final String reason;

  public SparkText(
      RelOptCluster cluster,
      RelTraitSet traits,
      AnalyzedText text,
      String reason,
      RelDataType type) {
    super(cluster, traits);
    this.text = text;
    this.reason = reason;
    this.rowType = type;
  }

  public AnalyzedText text() {
    return text;
  }

  /** Why it was not planned, for EXPLAIN. */
  public String reason() {
    return reason;
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new SparkText(getCluster(), traits, text, reason, getRowType());
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("text", text.text()).item("because", reason);
  }
}
