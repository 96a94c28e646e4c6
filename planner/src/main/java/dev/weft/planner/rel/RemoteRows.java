package dev.weft.planner.rel;

import dev.weft.planner.plan.PythonResult;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/** The rows that stay on an actor after Python code has made them from whole tables. */
public final class RemoteRows extends AbstractRelNode {

  private final String name;
  private final PythonResult result;

  /**
   * A leaf of rows to come.
   *
   * @param name what the code calls them
   */
  public RemoteRows(
      RelOptCluster cluster,
      RelTraitSet traits,
      String name,
      PythonResult result,
      RelDataType type) {
    super(cluster, traits);
    this.name = name;
    this.result = result;
    this.rowType = type;
  }

  /** What the code calls them. */
  public String name() {
    return name;
  }

  /** Where their handle is, once the code has run. */
  public PythonResult result() {
    return result;
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new RemoteRows(getCluster(), traits, name, result, getRowType());
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("result", System.identityHashCode(result));
  }
}
