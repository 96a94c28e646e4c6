package dev.weft.planner.model;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Span;
import dev.weft.planner.rel.Named;
import dev.weft.planner.validate.Rels;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.tools.RelBuilder;

/**
 * Takes every scalar PREDICT out of the expression that holds it: the answer becomes a column of a
 * PREDICT below, and what a filter has asked a model already is not asked again above it.
 */
public final class AnswersBelow {

  private final RelOptCluster cluster;
  private final AnswerNodes nodes;

  public AnswersBelow(RelOptCluster cluster, Predictions predictions) {
    this.cluster = cluster;
    this.nodes = new AnswerNodes(cluster, predictions);
  }

  /** The same rows, with no scalar PREDICT left; what earlier statements named is not looked at. */
  public RelNode of(RelNode node) {
    return nodes.own(answered(node));
  }

  private Answered answered(RelNode node) {
    if (node instanceof Named) {
      return Answered.none(node);
    }
    RelNode outer = subqueries(node);
    if (outer instanceof Filter filter) {
      return filter(filter, answered(filter.getInput()));
    }
    if (outer instanceof Project project) {
      return Answered.none(project(project));
    }
    if (outer instanceof Join join && AnswerCalls.anyIn(List.of(join.getCondition()))) {
      return join(join);
    }
    refuse(outer);
    List<RelNode> inputs = outer.getInputs().stream().map(this::of).toList();
    return Answered.none(outer.copy(outer.getTraitSet(), inputs));
  }

  /** The node with the queries inside its expressions done. */
  private RelNode subqueries(RelNode node) {
    return node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery query) {
            RexSubQuery inside = (RexSubQuery) super.visitSubQuery(query);
            return inside.clone(of(inside.rel));
          }
        });
  }

  private Answered filter(Filter filter, Answered input) {
    Asked asked = asked(List.of(filter.getCondition()), input);
    RelNode rows = asked.input.rows();
    RelNode node = filter.copy(filter.getTraitSet(), rows, asked.expressions.get(0));
    return new Answered(node, input.own(), asked.input.known());
  }

  private RelNode project(Project project) {
    Asked asked = asked(project.getProjects(), answered(project.getInput()));
    return project.copy(
        project.getTraitSet(), asked.input.rows(), asked.expressions, project.getRowType());
  }

  /** Expressions without calls over an input that has their answers. */
  private record Asked(List<RexNode> expressions, Answered input) {}

  private Asked asked(List<RexNode> expressions, Answered input) {
    RexBuilder rex = cluster.getRexBuilder();
    Answered below = input;
    List<RexNode> now = AnswerCalls.replaced(expressions, below, rex);
    for (List<RexCall> calls = AnswerCalls.innermost(now);
        !calls.isEmpty();
        calls = AnswerCalls.innermost(now)) {
      below = nodes.answer(below, calls);
      now = AnswerCalls.replaced(now, below, rex);
    }
    return new Asked(now, below);
  }

  /** An inner join keeps what asks no model; the rest is a filter on its rows. */
  private Answered join(Join join) {
    List<RexNode> all = List.of(join.getCondition());
    if (join.getJoinType() != JoinRelType.INNER) {
      throw ErrorCode.NOT_AVAILABLE.failure(
          place(all),
          "PREDICT in the ON of an outer join",
          "compute it in a query that the join reads");
    }
    List<RexNode> stay = new ArrayList<>();
    List<RexNode> above = new ArrayList<>();
    for (RexNode condition : RelOptUtil.conjunctions(join.getCondition())) {
      (AnswerCalls.anyIn(List.of(condition)) ? above : stay).add(condition);
    }
    RexBuilder rex = cluster.getRexBuilder();
    RelNode rows =
        join.copy(
            join.getTraitSet(),
            RexUtil.composeConjunction(rex, stay),
            of(join.getLeft()),
            of(join.getRight()),
            join.getJoinType(),
            join.isSemiJoinDone());
    RelBuilder builder = Rels.builder(cluster).push(rows);
    RelNode filtered = builder.filter(join.getVariablesSet(), above).build();
    return filter((Filter) filtered, Answered.none(rows));
  }

  private static void refuse(RelNode node) {
    List<RexNode> expressions = new ArrayList<>();
    node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            expressions.add(call);
            return call;
          }
        });
    if (AnswerCalls.anyIn(expressions)) {
      throw ErrorCode.NOT_AVAILABLE.failure(
          place(expressions),
          "PREDICT inside a function that makes rows",
          "compute it in a query of FROM");
    }
  }

  private static Span place(List<RexNode> expressions) {
    RexCall first = AnswerCalls.innermost(expressions).get(0);
    return ((AnswerFunction) first.getOperator()).place();
  }
}
