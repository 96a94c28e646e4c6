package dev.weft.spark.operator;

import java.util.Objects;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.ExpressionSet;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnaryNode;
import org.jspecify.annotations.Nullable;
import scala.Function1;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * An {@link ArrowCall} in a Catalyst plan. Spark copies a node by its public constructor, which
 * takes {@link ArrowCall#parts} and the child.
 */
public abstract class ArrowNode<C extends ArrowCall> extends LogicalPlan implements UnaryNode {

  private final C call;
  private final LogicalPlan child;

  protected ArrowNode(C call, LogicalPlan child) {
    this.call = call;
    this.child = child;
  }

  /** What it does. */
  public C call() {
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
    return call.parts().size() + 1;
  }

  @Override
  public Object productElement(int n) {
    return n == call.parts().size() ? child : call.parts().get(n);
  }

  @Override
  public boolean canEqual(Object that) {
    return getClass().isInstance(that);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ArrowNode<?> that && call.equals(that.call) && child.equals(that.child);
  }

  @Override
  public int hashCode() {
    return Objects.hash(call, child);
  }
}
