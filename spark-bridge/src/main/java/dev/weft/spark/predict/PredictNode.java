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

  private final PredictFunction function;
  private final Seq<Expression> features;
  private final Seq<Attribute> outputs;
  private final List<Integer> selected;
  private final LogicalPlan child;

  /** Spark copies the node by this constructor, from {@link #productElement} in order. */
  public PredictNode(
      PredictFunction function,
      Seq<Expression> features,
      Seq<Attribute> outputs,
      List<Integer> selected,
      LogicalPlan child) {
    this.function = function;
    this.features = features;
    this.outputs = outputs;
    this.selected = selected;
    this.child = child;
  }

  PredictFunction function() {
    return function;
  }

  Seq<Expression> features() {
    return features;
  }

  Seq<Attribute> outputs() {
    return outputs;
  }

  List<Integer> selected() {
    return selected;
  }

  @Override
  public LogicalPlan child() {
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

  @Override
  public String simpleString(int maxFields) {
    return Operators.describe(function, features, outputs);
  }

  @Override
  public LogicalPlan withNewChildInternal(LogicalPlan newChild) {
    return new PredictNode(function, features, outputs, selected, newChild);
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
    return that instanceof PredictNode;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PredictNode that
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
