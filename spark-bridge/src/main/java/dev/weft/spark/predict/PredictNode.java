package dev.weft.spark.predict;

import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionSet;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnaryNode;
import org.jspecify.annotations.Nullable;
import scala.Function1;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/** PREDICT in a Catalyst plan: the input's columns, then the answers. */
public final class PredictNode extends LogicalPlan implements UnaryNode {

  private final PredictCall call;
  private final LogicalPlan child;

  /** Spark copies the node by this constructor, from {@link #productElement} in order. */
  public PredictNode(
      PredictFunction function,
      Seq<Expression> features,
      Seq<Attribute> outputs,
      List<Integer> selected,
      LogicalPlan child) {
    this(new PredictCall(function, features, outputs, selected), child);
  }

  private PredictNode(PredictCall call, LogicalPlan child) {
    this.call = call;
    this.child = child;
  }

  PredictCall call() {
    return call;
  }

  @Override
  public LogicalPlan child() {
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

  @Override
  public String simpleString(int maxFields) {
    return call.describe();
  }

  @Override
  public LogicalPlan withNewChildInternal(LogicalPlan newChild) {
    return new PredictNode(call, newChild);
  }

  // What scalac would mix in from UnaryNode.

  @Override
  public Seq<LogicalPlan> children() {
    return UnaryNode.super.children();
  }

  @Override
  public LogicalPlan mapChildren(Function1<LogicalPlan, LogicalPlan> f) {
    return UnaryNode.super.mapChildren(f);
  }

  @Override
  public LogicalPlan withNewChildrenInternal(IndexedSeq<LogicalPlan> newChildren) {
    return withNewChildInternal(newChildren.apply(0));
  }

  @Override
  public ExpressionSet validConstraints() {
    return UnaryNode.super.validConstraints();
  }

  @Override
  public ExpressionSet getAllValidConstraints(Seq<NamedExpression> projectList) {
    return UnaryNode.super.getAllValidConstraints(projectList);
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
    return that instanceof PredictNode;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PredictNode that && call.equals(that.call) && child.equals(that.child);
  }

  @Override
  public int hashCode() {
    return Objects.hash(call, child);
  }
}
