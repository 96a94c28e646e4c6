package dev.weft.spark;

import dev.weft.planner.explain.Measured;
import dev.weft.planner.rel.CatalogScan;
import dev.weft.planner.rel.FileScan;
import dev.weft.planner.rel.FunctionScan;
import dev.weft.planner.rel.Predict;
import dev.weft.planner.rel.SharedRows;
import dev.weft.spark.convert.Catalyst;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.Complete$;
import org.apache.spark.sql.catalyst.expressions.aggregate.Final$;
import org.apache.spark.sql.execution.FilterExec;
import org.apache.spark.sql.execution.GenerateExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.aggregate.BaseAggregateExec;
import org.apache.spark.sql.execution.joins.BaseJoinExec;
import org.jspecify.annotations.Nullable;

/**
 * Finds the steps of ours that Spark's became: of one kind, over the same leaves, in the same order
 * from the top.
 */
final class MeasuredSteps {

  private enum Kind {
    AGGREGATE,
    FILTER,
    GENERATE,
    JOIN
  }

  private final List<Step> steps = new ArrayList<>();

  /** Notes a step of Spark's; gives its place, or a negative number when it is of no kind here. */
  int enter(SparkPlan plan, Measured did) {
    Kind kind = kind(plan);
    if (kind == null) {
      return -1;
    }
    steps.add(new Step(kind, did));
    return steps.size() - 1;
  }

  void leave(int place, Set<RelNode> leaves) {
    if (place >= 0) {
      steps.get(place).leaves = leaves;
    }
  }

  /** Whether a node of ours is none of the kinds that are matched. */
  static boolean isOther(RelNode node) {
    return kind(node) == null && !isLeaf(node);
  }

  /** What each step did that is found again. */
  Map<RelNode, Measured> match(RelNode plan) {
    IdentityHashMap<RelNode, Measured> found = new IdentityHashMap<>();
    match(plan, found, Collections.newSetFromMap(new IdentityHashMap<>()));
    return found;
  }

  private void match(RelNode node, Map<RelNode, Measured> found, Set<RelNode> seen) {
    if (!seen.add(node)) {
      return;
    }
    Kind kind = kind(node);
    if (kind != null) {
      Set<RelNode> leaves = leaves(node);
      first(kind, leaves)
          .or(() -> kind == Kind.GENERATE ? first(Kind.JOIN, leaves) : Optional.empty())
          .ifPresent(
              step -> {
                step.taken = true;
                found.put(node, step.did);
                generator(node).ifPresent(inner -> found.put(inner, step.did.rowsOnly()));
              });
    }
    below(node).forEach(input -> match(input, found, seen));
  }

  /** What a lateral generator gives are the rows of the join. */
  private static Optional<RelNode> generator(RelNode node) {
    return node.getInputs().size() == 2 && node.getInput(1) instanceof TableFunctionScan
        ? Optional.of(node.getInput(1))
        : Optional.empty();
  }

  private Optional<Step> first(Kind kind, Set<RelNode> leaves) {
    return steps.stream()
        .filter(step -> !step.taken && step.kind == kind && step.leaves.equals(leaves))
        .findFirst();
  }

  private static List<RelNode> below(RelNode node) {
    return node instanceof SharedRows shared ? List.of(shared.table().plan()) : node.getInputs();
  }

  private static Set<RelNode> leaves(RelNode node) {
    Set<RelNode> leaves = Collections.newSetFromMap(new IdentityHashMap<>());
    collect(node, leaves);
    return leaves;
  }

  private static void collect(RelNode node, Set<RelNode> leaves) {
    if (isLeaf(node)) {
      leaves.add(node);
    }
    below(node).forEach(input -> collect(input, leaves));
    queries(node).forEach(query -> collect(query, leaves));
  }

  private static boolean isLeaf(RelNode node) {
    return node instanceof FileScan || node instanceof CatalogScan || node instanceof FunctionScan;
  }

  /** The queries of IN and EXISTS, which become joins. */
  private static List<RelNode> queries(RelNode node) {
    List<RelNode> queries = new ArrayList<>();
    if (node instanceof Filter filter) {
      filter
          .getCondition()
          .accept(
              new RexVisitorImpl<@Nullable Void>(true) {
                @Override
                public @Nullable Void visitSubQuery(RexSubQuery query) {
                  boolean joins =
                      query.getKind() == SqlKind.IN || query.getKind() == SqlKind.EXISTS;
                  if (joins) {
                    queries.add(query.rel);
                  }
                  return super.visitSubQuery(query);
                }
              });
    }
    return queries;
  }

  private static @Nullable Kind kind(RelNode node) {
    if (node instanceof Aggregate || (node instanceof SetOp operation && !operation.all)) {
      return Kind.AGGREGATE;
    }
    if (node instanceof Filter) {
      return queries(node).isEmpty() ? Kind.FILTER : Kind.JOIN;
    }
    if (node instanceof Correlate || node instanceof Join) {
      return generates(node) ? Kind.GENERATE : Kind.JOIN;
    }
    return null;
  }

  private static boolean generates(RelNode node) {
    return leaves(node.getInput(1)).isEmpty() && !(node.getInput(1) instanceof Predict);
  }

  private static @Nullable Kind kind(SparkPlan plan) {
    if (plan instanceof BaseAggregateExec aggregate) {
      return isWhole(aggregate) ? Kind.AGGREGATE : null;
    }
    if (plan instanceof FilterExec) {
      return Kind.FILTER;
    }
    if (plan instanceof GenerateExec) {
      return Kind.GENERATE;
    }
    return plan instanceof BaseJoinExec ? Kind.JOIN : null;
  }

  /** Whether groups come out of it, not parts of them. */
  private static boolean isWhole(BaseAggregateExec aggregate) {
    for (AggregateExpression call : Catalyst.list(aggregate.aggregateExpressions())) {
      if (!call.mode().equals(Final$.MODULE$) && !call.mode().equals(Complete$.MODULE$)) {
        return false;
      }
    }
    return !aggregate.aggregateExpressions().isEmpty()
        || aggregate.requiredChildDistributionExpressions().isDefined();
  }

  /** A step of Spark's. */
  private static final class Step {

    private final Kind kind;
    private final Measured did;
    private Set<RelNode> leaves = Set.of();
    private boolean taken;

    Step(Kind kind, Measured did) {
      this.kind = kind;
      this.did = did;
    }
  }
}
