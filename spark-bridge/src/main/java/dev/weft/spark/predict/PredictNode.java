package dev.weft.spark.predict;

import dev.weft.spark.operator.ArrowNode;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.collection.immutable.Seq;

/** PREDICT in a Catalyst plan: the input's columns, then the answers. */
public final class PredictNode extends ArrowNode<PredictCall> {

  /** Spark copies the node by this constructor. */
  public PredictNode(
      PredictFunction function,
      Seq<Expression> features,
      Seq<Attribute> outputs,
      List<Integer> selected,
      LogicalPlan child) {
    this(new PredictCall(function, features, outputs, selected), child);
  }

  private PredictNode(PredictCall call, LogicalPlan child) {
    super(call, child);
  }

  @Override
  public LogicalPlan withNewChildInternal(LogicalPlan newChild) {
    return new PredictNode(call(), newChild);
  }
}
