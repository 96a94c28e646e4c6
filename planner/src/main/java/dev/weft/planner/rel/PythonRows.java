package dev.weft.planner.rel;

import dev.weft.planner.plan.PythonProgram;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;

/**
 * The rows that Python code makes of each batch or partition of its input, which it reads whole.
 */
public final class PythonRows extends SingleRel {

  private final PythonProgram program;

  /** Rows of the type declared. */
  public PythonRows(
      RelOptCluster cluster,
      RelTraitSet traits,
      RelNode input,
      PythonProgram program,
      RelDataType type) {
    super(cluster, traits, input);
    this.program = program;
    this.rowType = type;
  }

  public PythonProgram program() {
    return program;
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new PythonRows(getCluster(), traits, sole(inputs), program, getRowType());
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    // Two programs are never the same rows, whatever they say.
    return super.explainTerms(writer).item("program", System.identityHashCode(program));
  }
}
