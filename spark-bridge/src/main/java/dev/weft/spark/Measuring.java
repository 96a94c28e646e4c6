package dev.weft.spark;

import dev.weft.planner.explain.Measured;
import dev.weft.spark.convert.Catalyst;
import dev.weft.spark.convert.NodeMarks;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.execution.FilterExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.metric.SQLMetric;
import scala.Option;

/** Reads the metrics of a plan that has run, and says which step of ours each belongs to. */
final class Measuring {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final NodeMarks marks;
  private final IdentityHashMap<RelNode, Measured> found = new IdentityHashMap<>();

  Measuring(NodeMarks marks) {
    this.marks = marks;
  }

  Map<RelNode, Measured> of(SparkPlan executed) {
    visit(executed);
    return found;
  }

  /** From the top: of several that work for one step, the last to see the rows counts them. */
  private void visit(SparkPlan plan) {
    if (plan instanceof AdaptiveSparkPlanExec adaptive) {
      visit(adaptive.executedPlan());
      return;
    }
    if (plan instanceof QueryStageExec stage) {
      visit(stage.plan());
      return;
    }
    Option<LogicalPlan> link = plan.logicalLink();
    if (link.isDefined()) {
      step(plan, link.get()).ifPresent(node -> found.merge(node, measured(plan), Measured::and));
    }
    Catalyst.list(plan.children()).forEach(this::visit);
    Catalyst.list(plan.subqueries()).forEach(this::visit);
  }

  /** Spark links a scan and what it filters and projects to the topmost of them. */
  private Optional<RelNode> step(SparkPlan plan, LogicalPlan link) {
    LogicalPlan at = link;
    boolean leaf = plan.children().isEmpty();
    boolean filter = plan instanceof FilterExec;
    while (at.children().size() == 1 && (leaf || (filter && at instanceof Project))) {
      at = at.children().apply(0);
    }
    Optional<RelNode> node = marks.of(at);
    return filter ? node.filter(Filter.class::isInstance) : node;
  }

  private static Measured measured(SparkPlan plan) {
    OptionalLong rows = OptionalLong.empty();
    long nanos = 0;
    var metrics = scala.jdk.javaapi.CollectionConverters.asJava(plan.metrics());
    for (Map.Entry<String, SQLMetric> metric : metrics.entrySet()) {
      long value = Math.max(0, (Long) metric.getValue().value());
      if (metric.getKey().equals("numOutputRows")) {
        rows = OptionalLong.of(value);
      }
      String type = metric.getValue().metricType();
      nanos += type.equals("timing") ? value * NANOS_PER_MILLI : 0;
      nanos += type.equals("nsTiming") ? value : 0;
    }
    return new Measured(rows, nanos);
  }
}
