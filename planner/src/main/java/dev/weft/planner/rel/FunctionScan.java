package dev.weft.planner.rel;

import dev.weft.planner.spi.RelationalCatalog.AnalyzedText;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/** The rows of a function of Spark's whose arguments are constant, such as {@code range(5)}. */
public final class FunctionScan extends AbstractRelNode {

  private final String call;
  private final AnalyzedText rows;

  public FunctionScan(
      RelOptCluster cluster, RelTraitSet traits, String call, AnalyzedText rows, RelDataType type) {
    super(cluster, traits);
    this.call = call;
    this.rows = rows;
    this.rowType = type;
  }

  /** The call as written. */
  public String call() {
    return call;
  }

  /** What stands for it in Spark. */
  public AnalyzedText rows() {
    return rows;
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new FunctionScan(getCluster(), traits, call, rows, getRowType());
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("call", call);
  }
}
