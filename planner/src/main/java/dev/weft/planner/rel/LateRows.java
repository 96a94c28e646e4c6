package dev.weft.planner.rel;

import java.util.List;
import java.util.function.Supplier;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/** A few rows that are known only when the query runs, such as a training report. */
public final class LateRows extends AbstractRelNode {

  private final String what;
  private final Supplier<List<List<Object>>> rows;

  /**
   * A leaf of rows to come.
   *
   * @param what says what the rows are, and tells two leaves apart
   * @param rows asked when the query runs; values are String, Integer, Long, Double, Boolean or
   *     null, in the order of the type's fields
   */
  public LateRows(
      RelOptCluster cluster,
      RelTraitSet traits,
      String what,
      Supplier<List<List<Object>>> rows,
      RelDataType type) {
    super(cluster, traits);
    this.what = what;
    this.rows = rows;
    this.rowType = type;
  }

  /** Whether a name of the script stands for rows to come. */
  public static boolean areNamed(RelNode relation) {
    return relation instanceof Named named && named.getInput() instanceof LateRows;
  }

  /** What the rows are. */
  public String what() {
    return what;
  }

  /** The rows now; throws IllegalStateException when they are asked too early. */
  public List<List<Object>> rows() {
    return rows.get();
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new LateRows(getCluster(), traits, what, rows, getRowType());
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("what", what);
  }
}
