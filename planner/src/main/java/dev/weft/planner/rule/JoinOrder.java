package dev.weft.planner.rule;

import com.google.common.collect.ImmutableSet;
import dev.weft.planner.estimate.Estimates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;

/**
 * Inner joins in the order that handles fewest rows, where statistics of all sides say that it is
 * clearly better than the order written: large tables meet the small ones that leave few of their
 * rows first. Without statistics, and where the gain is not clear, joins stay as written.
 */
public final class JoinOrder {

  /** The hint on the topmost of joins whose order is not the one written. */
  static final String REORDERED = "REORDERED";

  /** The cost that another order may have, as a part of that of the order written. */
  private static final double CLEARLY = 0.75;

  /** More sides than these stay as written: choosing looks at every two of the rest, each time. */
  private static final int MOST = 30;

  /** Rows looked up that are not worth another plan. */
  private static final double FEW = 100_000;

  private final RelNode plan;
  private final Estimates estimates;

  private JoinOrder(RelNode plan) {
    this.plan = plan;
    this.estimates = Estimates.about(plan);
  }

  /** Whether a node is the topmost of joins whose order is not the one written. */
  public static boolean isReordered(RelNode node) {
    return node instanceof Join join
        && join.getHints().stream().anyMatch(hint -> hint.hintName.equals(REORDERED));
  }

  static RelNode reorder(RelNode plan) {
    return new JoinOrder(plan).visit(plan);
  }

  private RelNode visit(RelNode node) {
    if (JoinCluster.isJoin(node)) {
      JoinCluster cluster = JoinCluster.of(node);
      if (cluster.leaves().size() > 2 && cluster.leaves().size() <= MOST) {
        return cluster(node, cluster);
      }
    }
    return inputs(node);
  }

  private RelNode inputs(RelNode node) {
    List<RelNode> inputs = new ArrayList<>();
    for (RelNode input : node.getInputs()) {
      inputs.add(visit(input));
    }
    if (inputs.equals(node.getInputs())) {
      return node;
    }
    boolean both =
        node instanceof Project project
            && project.getVariablesSet().isEmpty()
            && JoinCluster.isJoin(project.getInput())
            && inputs.get(0) instanceof Project;
    return both
        ? merged((Project) node, (Project) inputs.get(0))
        : node.copy(node.getTraitSet(), inputs);
  }

  /** One projection of two of which the lower puts the columns of joins in order. */
  private static RelNode merged(Project upper, Project lower) {
    return LogicalProject.create(
        lower.getInput(),
        upper.getHints(),
        RelOptUtil.pushPastProject(upper.getProjects(), lower),
        upper.getRowType().getFieldNames(),
        ImmutableSet.of());
  }

  private RelNode cluster(RelNode node, JoinCluster written) {
    JoinCluster cluster = written.with(written.leaves().stream().map(this::visit).toList());
    return JoinSizes.of(written, estimates)
        .flatMap(sizes -> better(sizes, written, JoinCluster.hasCross(node)))
        .map(sequence -> JoinTree.of(cluster, sequence, node))
        .orElseGet(() -> same(node, cluster));
  }

  /**
   * Where tables stand in an order that only Spark would mend, that order is mended here: there is
   * none to keep, so any that is better is good.
   */
  private Optional<JoinSequence> better(JoinSizes sizes, JoinCluster cluster, boolean crosses) {
    int count = cluster.leaves().size();
    Optional<JoinSequence> written = JoinSequence.written(sizes, count);
    double part = crosses ? 1 : CLEARLY;
    Optional<JoinSequence> chosen =
        JoinSequence.chosen(sizes, count)
            .filter(other -> written.filter(own -> isBetter(other, own, part)).isPresent())
            .filter(other -> written.filter(own -> isAlone(cluster, other, own)).isPresent());
    return chosen.or(() -> written.filter(own -> crosses));
  }

  private static boolean isBetter(JoinSequence other, JoinSequence own, double part) {
    return other.cost() < part * own.cost() && own.cost() - other.cost() > FEW;
  }

  /** Whether it stays better though other joins of the plan may use what is moved here. */
  private boolean isAlone(JoinCluster cluster, JoinSequence other, JoinSequence own) {
    JoinTwins twins = JoinTwins.of(cluster, plan);
    return twins.places() == 1 || twins.cost(other) < twins.cost(own);
  }

  /** The joins as they are, over what became of the leaves. */
  private static RelNode same(RelNode node, JoinCluster cluster) {
    return new Replaced(cluster).visit(node);
  }

  /** Puts the leaves in again, in their order. */
  private static final class Replaced {

    private final JoinCluster cluster;
    private int next;

    Replaced(JoinCluster cluster) {
      this.cluster = cluster;
    }

    RelNode visit(RelNode node) {
      if (!JoinCluster.isJoin(node)) {
        return cluster.leaves().get(next++);
      }
      List<RelNode> inputs = node.getInputs().stream().map(this::visit).toList();
      return inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
    }
  }
}
