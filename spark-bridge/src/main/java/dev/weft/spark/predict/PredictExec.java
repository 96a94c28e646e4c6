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

  private final transient PredictFunction function;
  private final Seq<Expression> features;
  private final Seq<Attribute> outputs;
  private final List<Integer> selected;
  private final SparkPlan child;

  /** Spark copies the node by this constructor, from {@link #productElement} in order. */
  public PredictExec(
      PredictFunction function,
      Seq<Expression> features,
      Seq<Attribute> outputs,
      List<Integer> selected,
      SparkPlan child) {
    this.function = function;
    this.features = features;
    this.outputs = outputs;
    this.selected = selected;
    this.child = child;
  }

  @Override
  public RDD<InternalRow> doExecute() {
    SparkContext context = sparkContext();
    String run = Objects.requireNonNullElse(context.getLocalProperty("spark.jobGroup.id"), "");
    PredictLayout layout = Operators.layout(child.output(), features, outputs, selected);
    RowAnswers answers = function.bind(layout, context, run);
    return child.execute().toJavaRDD().mapPartitions(new TaskAnswers(answers), true).rdd();
  }

  @Override
  public SparkPlan child() {
    return child;
  }

  @Override
  public Seq<Attribute> output() {
    return Operators.append(child.output(), outputs);
  }

  @Override
  public AttributeSet producedAttributes() {
    return Operators.set(outputs);
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
    return Operators.describe(function, features, outputs);
  }

  @Override
  public String nodeName() {
    return "Predict";
  }

  @Override
  public SparkPlan withNewChildInternal(SparkPlan newChild) {
    return new PredictExec(function, features, outputs, selected, newChild);
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
    return 5;
  }

  @Override
  public Object productElement(int n) {
    return switch (n) {
      case 0 -> function;
      case 1 -> features;
      case 2 -> outputs;
      case 3 -> selected;
      case 4 -> child;
      default -> throw new IndexOutOfBoundsException(n);
    };
  }

  @Override
  public boolean canEqual(Object that) {
    return that instanceof PredictExec;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PredictExec that
        && function.equals(that.function)
        && features.equals(that.features)
        && outputs.equals(that.outputs)
        && selected.equals(that.selected)
        && child.equals(that.child);
  }

  @Override
  public int hashCode() {
    return Objects.hash(function, features, outputs, selected, child);
  }
}
