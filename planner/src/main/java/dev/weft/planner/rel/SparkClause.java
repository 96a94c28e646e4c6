package dev.weft.planner.rel;

import dev.weft.planner.spi.RelationalCatalog.AnalyzedText;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/** A clause that Calcite has no operator for, such as PIVOT, over rows that are planned. */
public final class SparkClause extends AbstractRelNode {

  private final List<RelNode> inputs;
  private final List<String> names;
  private final String clause;
  private final AnalyzedText text;

  /**
   * A clause.
   *
   * @param names what the text calls the inputs
   * @param clause the clause as written, for EXPLAIN
   * @param text the query that is the clause alone, over the inputs
   */
  public SparkClause(
      RelOptCluster cluster,
      RelTraitSet traits,
      List<RelNode> inputs,
      List<String> names,
      String clause,
      AnalyzedText text,
      RelDataType type) {
    super(cluster, traits);
    this.inputs = List.copyOf(inputs);
    this.names = List.copyOf(names);
    this.clause = clause;
    this.text = text;
    this.rowType = type;
  }

  /** What the text calls the inputs, in their order. */
  public List<String> names() {
    return names;
  }

  /** The clause as written. */
  public String clause() {
    return clause;
  }

  public AnalyzedText text() {
    return text;
  }

  @Override
  public List<RelNode> getInputs() {
    return inputs;
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> newInputs) {
    return new SparkClause(getCluster(), traits, newInputs, names, clause, text, getRowType());
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    super.explainTerms(writer);
    for (int i = 0; i < inputs.size(); i++) {
      writer.input(names.get(i), inputs.get(i));
    }
    return writer.item("clause", clause);
  }
}
