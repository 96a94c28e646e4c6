package dev.weft.spark.python;

import dev.weft.spark.convert.Catalyst;
import dev.weft.spark.predict.PredictExec;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.expressions.PythonUDF;
import org.apache.spark.sql.catalyst.plans.logical.ArrowEvalPython;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import scala.collection.immutable.Seq;

/** Tells Spark's planner how to run {@link PythonNode}. */
public final class PythonStrategy extends SparkStrategy {

  @Override
  public Seq<SparkPlan> apply(LogicalPlan plan) {
    if (plan instanceof PythonNode node) {
      return Catalyst.seq(List.of(new PythonExec(node.call(), planLater(node.child()))));
    }
    if (plan instanceof ArrowEvalPython eval) {
      return calls(eval);
    }
    return Catalyst.seq(List.of());
  }

  /** Calls of our functions; those of Spark's own Python are left to Spark. */
  private Seq<SparkPlan> calls(ArrowEvalPython eval) {
    List<PythonUDF> roots = Catalyst.list(eval.udfs());
    if (!CallsOfNode.areOurs(roots)) {
      return Catalyst.seq(List.of());
    }
    CallsOfNode node = new CallsOfNode(roots);
    List<Integer> all = IntStream.range(0, roots.size()).boxed().toList();
    return Catalyst.seq(
        List.of(
            new PredictExec(
                new CallsFunction(node, CallsOfNode.binder(roots)),
                Catalyst.seq(node.inputs()),
                eval.resultAttrs(),
                all,
                planLater(eval.child()))));
  }
}
