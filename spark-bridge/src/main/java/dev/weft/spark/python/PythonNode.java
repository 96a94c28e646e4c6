package dev.weft.spark.python;

import dev.weft.spark.operator.ArrowNode;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.collection.immutable.Seq;

/** Users' code in a Catalyst plan: any number of rows for its input's. */
public final class PythonNode extends ArrowNode<PythonPart> {

  /** Spark copies the node by this constructor. */
  public PythonNode(
      PythonFunction function, Seq<Expression> inputs, Seq<Attribute> outputs, LogicalPlan child) {
    this(new PythonPart(function, inputs, outputs), child);
  }

  private PythonNode(PythonPart call, LogicalPlan child) {
    super(call, child);
  }

  @Override
  public LogicalPlan withNewChildInternal(LogicalPlan newChild) {
    return new PythonNode(call(), newChild);
  }
}
