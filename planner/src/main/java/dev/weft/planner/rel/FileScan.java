package dev.weft.planner.rel;

import dev.weft.planner.spi.FileSource;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/** The rows of a LOAD; only the fields of its row type are read. */
public final class FileScan extends AbstractRelNode {

  private final FileSource source;

  public FileScan(RelOptCluster cluster, RelTraitSet traits, FileSource source, RelDataType type) {
    super(cluster, traits);
    this.source = source;
    this.rowType = type;
  }

  public FileSource source() {
    return source;
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new FileScan(getCluster(), traits, source, getRowType());
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer)
        .item("format", source.format())
        .item("path", source.path())
        .item("columns", getRowType().getFieldNames())
        .itemIf("options", source.options(), !source.options().isEmpty());
  }
}
