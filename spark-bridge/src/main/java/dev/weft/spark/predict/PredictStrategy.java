package dev.weft.spark.predict;

import dev.weft.spark.convert.Catalyst;
import java.util.List;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import scala.collection.immutable.Seq;

/** Tells Spark's planner how to run {@link PredictNode}. */
public final class PredictStrategy extends SparkStrategy {

  @Override
  public Seq<SparkPlan> apply(LogicalPlan plan) {
    if (plan instanceof PredictNode node) {
      return Catalyst.seq(List.of(new PredictExec(node.call(), planLater(node.child()))));
    }
    return Catalyst.seq(List.of());
  }
}
