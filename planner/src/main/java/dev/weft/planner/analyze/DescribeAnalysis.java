package dev.weft.planner.analyze;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.ast.DescribeAlgorithm;
import dev.weft.grammar.ast.DescribeModel;
import dev.weft.grammar.ast.Name;
import dev.weft.planner.AlgorithmDeclaration;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.DescribeAlgorithmPlan;
import dev.weft.planner.plan.StatementPlan.DescribeModelPlan;

/** DESCRIBE MODEL and DESCRIBE ALGORITHM. */
final class DescribeAnalysis {

  private final ScriptState state;

  DescribeAnalysis(ScriptState state) {
    this.state = state;
  }

  StatementPlan plan(DescribeModel describe) {
    return new DescribeModelPlan(
        describe.span(),
        state.model(
            describe.model().model().text(),
            describe.model().version().map(Name::text),
            describe.model().span()));
  }

  StatementPlan plan(DescribeAlgorithm describe) {
    String name = describe.algorithm().text();
    AlgorithmDeclaration algorithm =
        state
            .outside()
            .algorithms()
            .find(name)
            .orElseThrow(
                () ->
                    ErrorCode.ALGORITHM_NOT_FOUND.failure(
                        describe.algorithm().span(),
                        name,
                        Nearest.hintOrList(name, state.outside().algorithms().names())));
    return new DescribeAlgorithmPlan(describe.span(), algorithm);
  }
}
