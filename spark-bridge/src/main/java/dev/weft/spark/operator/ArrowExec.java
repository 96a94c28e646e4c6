package dev.weft.spark.operator;

import java.util.Objects;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.UnaryExecNode;
import org.jspecify.annotations.Nullable;
import scala.Function1;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * An {@link ArrowCall} when it runs. Spark copies a node by its public constructor, which takes
 * {@link ArrowCall#parts} and the child.
 */
public abstract class ArrowExec<C extends ArrowCall> extends SparkPlan implements UnaryExecNode {

  private final transient C call;
  private final SparkPlan child;

  protected ArrowExec(C call, SparkPlan child) {
    this.call = call;
    this.child = child;
  }

  protected C call() {
    return call;
  }

  /** The run that the statement belongs to; empty where there is none. */
  protected String run() {
    return Objects.requireNonNullElse(sparkContext().getLocalProperty("spark.jobGroup.id"), "");
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

  @Override
  public String simpleString(int maxFields) {
    return call.describe();
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
    return other instanceof ArrowExec<?> that && call.equals(that.call) && child.equals(that.child);
  }

  @Override
  public int hashCode() {
    return Objects.hash(call, child);
  }
}
