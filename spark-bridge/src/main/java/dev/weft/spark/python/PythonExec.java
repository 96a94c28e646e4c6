package dev.weft.spark.python;

import dev.weft.engine.spi.ArrowMap;
import dev.weft.spark.convert.Catalyst;
import java.util.Objects;
import org.apache.spark.SparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.UnaryExecNode;
import org.jspecify.annotations.Nullable;
import scala.Function1;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/** Users' code when it runs: every task sends its rows and reads what comes back. */
public final class PythonExec extends SparkPlan implements UnaryExecNode {

  private final transient PythonPart call;
  private final SparkPlan child;

  /** Spark copies the node by this constructor, from {@link #productElement} in order. */
  public PythonExec(
      PythonFunction function, Seq<Expression> inputs, Seq<Attribute> outputs, SparkPlan child) {
    this(new PythonPart(function, inputs, outputs), child);
  }

  PythonExec(PythonPart call, SparkPlan child) {
    this.call = call;
    this.child = child;
  }

  @Override
  public RDD<InternalRow> doExecute() {
    SparkContext context = sparkContext();
    String run = Objects.requireNonNullElse(context.getLocalProperty("spark.jobGroup.id"), "");
    ArrowMap map = call.function().bind(call.outputSchema(), run);
    TaskRows rows =
        new TaskRows(
            map,
            call.inputSchema().toJson(),
            call.bound(child.output()),
            Catalyst.list(call.outputs()).stream().map(Attribute::dataType).toList());
    return child.execute().toJavaRDD().mapPartitions(rows, false).rdd();
  }

  @Override
  public SparkPlan child() {
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
  public String nodeName() {
    return "Predict";
  }

  @Override
  public SparkPlan withNewChildInternal(SparkPlan newChild) {
    return new PythonExec(call, newChild);
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
    return PythonPart.SIZE + 1;
  }

  @Override
  public Object productElement(int n) {
    return n == PythonPart.SIZE ? child : call.part(n);
  }

  @Override
  public boolean canEqual(Object that) {
    return that instanceof PythonExec;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PythonExec that && call.equals(that.call) && child.equals(that.child);
  }

  @Override
  public int hashCode() {
    return Objects.hash(call, child);
  }
}
