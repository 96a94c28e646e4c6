package dev.weft.spark.predict;

import java.util.List;
import java.util.Objects;
import org.apache.spark.SparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.UnaryExecNode;
import org.jspecify.annotations.Nullable;
import scala.Function1;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/** PREDICT when it runs: every task sends its rows' features to the model and joins the answers. */
public final class PredictExec extends SparkPlan implements UnaryExecNode {

  private final transient PredictCall call;
  private final SparkPlan child;

  /** Spark copies the node by this constructor, from {@link #productElement} in order. */
  public PredictExec(
      PredictFunction function,
      Seq<Expression> features,
      Seq<Attribute> outputs,
      List<Integer> selected,
      SparkPlan child) {
    this(new PredictCall(function, features, outputs, selected), child);
  }

  PredictExec(PredictCall call, SparkPlan child) {
    this.call = call;
    this.child = child;
  }

  @Override
  public RDD<InternalRow> doExecute() {
    SparkContext context = sparkContext();
    String run = Objects.requireNonNullElse(context.getLocalProperty("spark.jobGroup.id"), "");
    RowAnswers answers = call.function().bind(call.layout(child.output()), context, run);
    return child.execute().toJavaRDD().mapPartitions(new TaskAnswers(answers), true).rdd();
  }

  @Override
  public SparkPlan child() {
    return child;
  }

  @Override
  public Seq<Attribute> output() {
    return call.output(child.output());
  }

  @Override
  public AttributeSet producedAttributes() {
    return call.produced();
  }

  /** Rows stay where they are, in the order they have. */
  @Override
  public Partitioning outputPartitioning() {
    return child.outputPartitioning();
  }

  @Override
  public Seq<SortOrder> outputOrdering() {
    return child.outputOrdering();
  }

  @Override
  public String simpleString(int maxFields) {
    return call.describe();
  }

  @Override
  public String nodeName() {
    return "Predict";
  }

  @Override
  public SparkPlan withNewChildInternal(SparkPlan newChild) {
    return new PredictExec(call, newChild);
  }

  // What scalac would mix in from UnaryExecNode.

  @Override
  public Seq<SparkPlan> children() {
    return UnaryExecNode.super.children();
  }

  @Override
  public SparkPlan mapChildren(Function1<SparkPlan, SparkPlan> f) {
    return UnaryExecNode.super.mapChildren(f);
  }

  @Override
  public SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> newChildren) {
    return withNewChildInternal(newChildren.apply(0));
  }

  @Override
  public String verboseStringWithOperatorId() {
    return UnaryExecNode.super.verboseStringWithOperatorId();
  }

  // What scalac would write for a case class.

  @Override
  public int productArity() {
    return PredictCall.SIZE + 1;
  }

  @Override
  public Object productElement(int n) {
    return n == PredictCall.SIZE ? child : call.part(n);
  }

  @Override
  public boolean canEqual(Object that) {
    return that instanceof PredictExec;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PredictExec that && call.equals(that.call) && child.equals(that.child);
  }

  @Override
  public int hashCode() {
    return Objects.hash(call, child);
  }
}
