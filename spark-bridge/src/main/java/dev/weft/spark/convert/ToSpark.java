package dev.weft.spark.convert;

import dev.weft.planner.rel.CatalogScan;
import dev.weft.planner.rel.FileScan;
import dev.weft.planner.rel.FunctionScan;
import dev.weft.planner.rel.LateRows;
import dev.weft.planner.rel.Named;
import dev.weft.planner.rel.Predict;
import dev.weft.planner.rel.PythonRows;
import dev.weft.planner.rel.RemoteRows;
import dev.weft.planner.rel.SharedRows;
import dev.weft.planner.rel.Shown;
import dev.weft.planner.rel.SparkClause;
import dev.weft.planner.rel.SparkText;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.Values;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.jspecify.annotations.Nullable;

/** Turns a relational plan into a Catalyst plan, node by node. */
public final class ToSpark {

  private final Leaves leaves;
  private final FreshNames names = new FreshNames();
  private final NodeMarks marks;

  /**
   * A conversion.
   *
   * @param marks learns which node each of Spark's is made for
   */
  public ToSpark(Leaves leaves, NodeMarks marks) {
    this.leaves = leaves;
    this.marks = marks;
  }

  /** The plan of a whole query; its columns have the names of the node's row type. */
  public LogicalPlan query(RelNode node) {
    Relation relation = relation(Shown.below(node), Scope.empty());
    List<NamedExpression> columns = new ArrayList<>();
    for (int i = 0; i < relation.columns().size(); i++) {
      columns.add(Catalyst.alias(relation.column(i), node.getRowType().getFieldNames().get(i)));
    }
    return CatalystPlans.project(columns, relation.plan());
  }

  /** One node and what is below it. */
  Relation relation(RelNode node, Scope scope) {
    return marks.at(node, () -> converted(node, scope));
  }

  private Relation converted(RelNode node, Scope scope) {
    if (node instanceof Named named) {
      return relation(named.getInput(), scope);
    }
    Relation leaf = leaf(node);
    if (leaf != null) {
      return leaf;
    }
    if (node instanceof Project project) {
      return new ProjectToSpark(this).convert(project, scope);
    }
    if (node instanceof Filter filter) {
      return new FilterToSpark(this).convert(filter, scope);
    }
    if (node instanceof Join join) {
      return new JoinToSpark(this).convert(join, scope);
    }
    if (node instanceof Correlate correlate) {
      return new JoinToSpark(this).convert(correlate, scope);
    }
    if (node instanceof Aggregate aggregate) {
      return new AggregateToSpark(this).convert(aggregate, scope);
    }
    if (node instanceof Sort sort) {
      return new SortToSpark(this).convert(sort, scope);
    }
    if (node instanceof SetOp operation) {
      return new SetOpToSpark(this).convert(operation, scope);
    }
    if (node instanceof TableFunctionScan generator) {
      return new GenerateToSpark(this).alone(generator, scope);
    }
    if (node instanceof Predict predict) {
      return new PredictToSpark(this).convert(predict, scope);
    }
    if (node instanceof PythonRows python) {
      return new PythonToSpark(this).convert(python, scope);
    }
    throw new UnsupportedOperationException("node " + node.getRelTypeName());
  }

  private @Nullable Relation leaf(RelNode node) {
    if (node instanceof FileScan scan) {
      return new ScanToSpark(names).named(leaves.file(scan), scan.getRowType());
    }
    if (node instanceof CatalogScan scan) {
      return new ScanToSpark(names).named(leaves.table(scan.table()), scan.getRowType());
    }
    if (node instanceof SharedRows shared) {
      return new ScanToSpark(names).named(leaves.shared(shared), shared.getRowType());
    }
    if (node instanceof FunctionScan scan) {
      return new ScanToSpark(names).positional(leaves.function(scan), scan.getRowType());
    }
    if (node instanceof SparkClause clause) {
      return new ScanToSpark(names).positional(leaves.clause(clause), clause.getRowType());
    }
    if (node instanceof SparkText text) {
      return new ScanToSpark(names).positional(leaves.text(text), text.getRowType());
    }
    if (node instanceof RemoteRows remote) {
      return new ScanToSpark(names).positional(leaves.remote(remote), remote.getRowType());
    }
    if (node instanceof LateRows late) {
      return new ValuesToSpark(names).late(late);
    }
    if (node instanceof Values values) {
      return new ValuesToSpark(names).convert(values);
    }
    return null;
  }

  Leaves leaves() {
    return leaves;
  }

  FreshNames names() {
    return names;
  }
}
