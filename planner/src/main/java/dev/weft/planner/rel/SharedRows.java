package dev.weft.planner.rel;

import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/** The rows of a shared table; only the fields of its row type are used. */
public final class SharedRows extends AbstractRelNode {

  private final SharedTable table;

  public SharedRows(
      RelOptCluster cluster, RelTraitSet traits, SharedTable table, RelDataType type) {
    super(cluster, traits);
    this.table = table;
    this.rowType = type;
  }

  public SharedTable table() {
    return table;
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new SharedRows(getCluster(), traits, table, getRowType());
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer)
        .item("table", table.name())
        .item("columns", getRowType().getFieldNames());
  }
}
