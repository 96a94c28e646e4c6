package dev.weft.spark.python;

import dev.weft.engine.spi.ArrowMap;
import dev.weft.spark.convert.Catalyst;
import dev.weft.spark.operator.ArrowExec;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.execution.SparkPlan;
import scala.collection.immutable.Seq;
import scala.reflect.ClassTag$;

/** Users' code when it runs: every task sends its rows and reads what comes back. */
public final class PythonExec extends ArrowExec<PythonPart> {

  /** Spark copies the node by this constructor. */
  public PythonExec(
      PythonFunction function, Seq<Expression> inputs, Seq<Attribute> outputs, SparkPlan child) {
    this(new PythonPart(function, inputs, outputs), child);
  }

  PythonExec(PythonPart call, SparkPlan child) {
    super(call, child);
  }

  @Override
  public RDD<InternalRow> doExecute() {
    ArrowMap map = call().function().bind(call().outputSchema(), run());
    TaskRows rows =
        new TaskRows(
            map,
            call().inputSchema().toJson(),
            Catalyst.list(child().output()).stream().map(Attribute::dataType).toList(),
            call().bound(child().output()),
            Catalyst.list(call().outputs()).stream().map(Attribute::dataType).toList());
    return child().execute().mapPartitions(rows, false, ClassTag$.MODULE$.apply(InternalRow.class));
  }

  @Override
  public String nodeName() {
    return "Python";
  }

  @Override
  public SparkPlan withNewChildInternal(SparkPlan newChild) {
    return new PythonExec(call(), newChild);
  }
}
