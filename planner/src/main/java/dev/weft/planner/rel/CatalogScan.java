package dev.weft.planner.rel;

import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/** The rows of a table or view of Spark's catalog. */
public final class CatalogScan extends AbstractRelNode {

  private final String table;

  public CatalogScan(RelOptCluster cluster, RelTraitSet traits, String table, RelDataType type) {
    super(cluster, traits);
    this.table = table;
    this.rowType = type;
  }

  /** The table's dotted name. */
  public String table() {
    return table;
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new CatalogScan(getCluster(), traits, table, getRowType());
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer)
        .item("table", table)
        .item("columns", getRowType().getFieldNames());
  }
}
