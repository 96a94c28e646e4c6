package dev.weft.spark;

import dev.weft.planner.explain.Measured;
import dev.weft.spark.convert.Catalyst;
import dev.weft.spark.convert.NodeMarks;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.execution.FilterExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.metric.SQLMetric;
import scala.Option;

/**
 * Reads the metrics of a plan that has run, and says which step of ours each belongs to: a leaf by
 * the mark that it carries, what stands above by its kind and the leaves below it, because Spark's
 * rules give what they merge and move the marks of its neighbours.
 */
final class Measuring {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final NodeMarks marks;
  private final IdentityHashMap<RelNode, Measured> found = new IdentityHashMap<>();
  private final MeasuredSteps steps = new MeasuredSteps();

  Measuring(NodeMarks marks) {
    this.marks = marks;
  }

  Map<RelNode, Measured> of(RelNode plan, SparkPlan executed) {
    visit(executed, 0);
    steps.match(plan).forEach((node, did) -> found.merge(node, did, Measured::and));
    return found;
  }

  /**
   * From the top; gives the leaves of ours below.
   *
   * @param pipeline the time of the generated code around, which the first step in it gets
   */
  private Set<RelNode> visit(SparkPlan plan, long pipeline) {
    if (plan instanceof AdaptiveSparkPlanExec adaptive) {
      return visit(adaptive.executedPlan(), pipeline);
    }
    if (plan instanceof QueryStageExec stage) {
      return visit(stage.plan(), pipeline);
    }
    if (plan instanceof WholeStageCodegenExec code) {
      return visit(code.child(), time(code));
    }
    Measured did = new Measured(rows(plan), time(plan) + pipeline);
    int place = steps.enter(plan, did);
    Optional<RelNode> leaf = plan.children().isEmpty() ? leaf(plan) : Optional.empty();
    leaf.ifPresent(node -> found.merge(node, did, Measured::and));
    if (leaf.isEmpty() && place < 0) {
      named(plan).ifPresent(node -> found.merge(node, did, Measured::and));
    }
    Set<RelNode> leaves = Collections.newSetFromMap(new IdentityHashMap<>());
    leaf.ifPresent(leaves::add);
    boolean passes = place < 0 && leaf.isEmpty();
    for (SparkPlan child : Catalyst.list(plan.children())) {
      leaves.addAll(visit(child, passes ? pipeline : 0));
    }
    Catalyst.list(plan.subqueries()).forEach(query -> visit(query, 0));
    steps.leave(place, leaves);
    return leaves;
  }

  /** Spark links a scan and what it filters and projects to the topmost of them. */
  private Optional<RelNode> leaf(SparkPlan plan) {
    Option<LogicalPlan> link = plan.logicalLink();
    if (link.isEmpty()) {
      return Optional.empty();
    }
    LogicalPlan at = link.get();
    while (at.children().size() == 1) {
      at = at.children().apply(0);
    }
    return marks.of(at);
  }

  /** What is told apart by its mark alone: a step of a kind that the marks are true for. */
  private Optional<RelNode> named(SparkPlan plan) {
    Option<LogicalPlan> link = plan.logicalLink();
    boolean own = link.isDefined() && !(plan instanceof FilterExec);
    return own && !(link.get() instanceof Project)
        ? marks.of(link.get()).filter(MeasuredSteps::isOther)
        : Optional.empty();
  }

  private static OptionalLong rows(SparkPlan plan) {
    Option<SQLMetric> counted = plan.metrics().get("numOutputRows");
    return counted.isDefined()
        ? OptionalLong.of(Math.max(0, (Long) counted.get().value()))
        : OptionalLong.empty();
  }

  private static long time(SparkPlan plan) {
    long nanos = 0;
    for (SQLMetric metric : metrics(plan)) {
      long value = Math.max(0, (Long) metric.value());
      nanos += metric.metricType().equals("timing") ? value * NANOS_PER_MILLI : 0;
      nanos += metric.metricType().equals("nsTiming") ? value : 0;
    }
    return nanos;
  }

  private static List<SQLMetric> metrics(SparkPlan plan) {
    return List.copyOf(scala.jdk.javaapi.CollectionConverters.asJava(plan.metrics()).values());
  }
}
