package dev.weft.spark.python;

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

/** Users' code in a Catalyst plan: any number of rows for its input's. */
public final class PythonNode extends LogicalPlan implements UnaryNode {

  private final PythonPart call;
  private final LogicalPlan child;

  /** Spark copies the node by this constructor, from {@link #productElement} in order. */
  public PythonNode(
      PythonFunction function, Seq<Expression> inputs, Seq<Attribute> outputs, LogicalPlan child) {
    this(new PythonPart(function, inputs, outputs), child);
  }

  private PythonNode(PythonPart call, LogicalPlan child) {
    this.call = call;
    this.child = child;
  }

  PythonPart call() {
    return call;
  }

  @Override
  public LogicalPlan child() {
    return child;
  }

  @Override
  public Seq<Attribute> output() {
    return call.outputs();
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
    return new PythonNode(call, newChild);
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
    return PythonPart.SIZE + 1;
  }

  @Override
  public Object productElement(int n) {
    return n == PythonPart.SIZE ? child : call.part(n);
  }

  @Override
  public boolean canEqual(Object that) {
    return that instanceof PythonNode;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PythonNode that && call.equals(that.call) && child.equals(that.child);
  }

  @Override
  public int hashCode() {
    return Objects.hash(call, child);
  }
}
