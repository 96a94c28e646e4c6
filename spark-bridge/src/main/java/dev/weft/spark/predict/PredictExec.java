package dev.weft.spark.predict;

import dev.weft.spark.operator.ArrowExec;
import java.util.List;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.execution.SparkPlan;
import scala.collection.immutable.Seq;
import scala.reflect.ClassTag$;

/** PREDICT when it runs: every task sends its rows' features to the model and joins the answers. */
public final class PredictExec extends ArrowExec<PredictCall> {

  /** Spark copies the node by this constructor. */
  public PredictExec(
      PredictFunction function,
      Seq<Expression> features,
      Seq<Attribute> outputs,
      List<Integer> selected,
      SparkPlan child) {
    this(new PredictCall(function, features, outputs, selected), child);
  }

  PredictExec(PredictCall call, SparkPlan child) {
    super(call, child);
  }

  @Override
  public RDD<InternalRow> doExecute() {
    RowAnswers answers =
        call().function().bind(call().layout(child().output()), sparkContext(), run());
    return child()
        .execute()
        .mapPartitions(new TaskAnswers(answers), true, ClassTag$.MODULE$.apply(InternalRow.class));
  }

  /** Rows stay where they are, in the order they have. */
  @Override
  public Partitioning outputPartitioning() {
    return child().outputPartitioning();
  }

  @Override
  public Seq<SortOrder> outputOrdering() {
    return child().outputOrdering();
  }

  @Override
  public String nodeName() {
    return "Predict";
  }

  @Override
  public SparkPlan withNewChildInternal(SparkPlan newChild) {
    return new PredictExec(call(), newChild);
  }
}
