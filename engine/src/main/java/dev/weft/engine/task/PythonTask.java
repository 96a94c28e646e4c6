package dev.weft.engine.task;

import dev.weft.engine.spi.PythonBackend.Made;
import dev.weft.engine.spi.TrainingData;
import dev.weft.grammar.ast.Python.Per;
import dev.weft.planner.plan.StatementPlan.PythonPlan;
import dev.weft.planner.rel.PythonRows;
import dev.weft.planner.rel.RemoteRows;
import dev.weft.planner.types.SparkTypes;
import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.type.RelDataType;

/**
 * PYTHON that runs when it is reached: over whole tables, or over a first batch for its columns.
 */
final class PythonTask implements Task<PythonPlan> {

  @Override
  public Outcome run(PythonPlan plan, TaskContext context) {
    boolean whole = plan.program().per() == Per.TABLE;
    RelNode rows = whole ? whole(plan, context) : probed(plan, context);
    context.workspace().define(plan.name(), rows);
    String summary = "table " + plan.name();
    return context.last()
        ? Outcome.answer(summary, context.relations().rows(rows, context.run()))
        : Outcome.done(summary);
  }

  private static RelNode whole(PythonPlan plan, TaskContext context) {
    List<TrainingData> inputs = plan.inputs().stream().map(input -> data(input, context)).toList();
    Made made =
        context
            .parts()
            .predictors()
            .python()
            .run(
                plan.program(),
                inputs,
                plan.rows().map(rows -> context.relations().schema(rows)),
                context.run());
    plan.result().fill(made.source());
    context.workspace().keep(made.source());
    return plan.rows()
        .orElseGet(
            () -> {
              RelNode input = plan.inputs().get(0);
              return new RemoteRows(
                  input.getCluster(),
                  input.getTraitSet(),
                  plan.name(),
                  plan.result(),
                  type(made, input));
            });
  }

  /** Runs the code over the first batch, to learn its columns; its rows are made when read. */
  private static RelNode probed(PythonPlan plan, TaskContext context) {
    RelNode input = plan.inputs().get(0);
    RelNode some =
        LogicalSort.create(
            input,
            RelCollations.EMPTY,
            null,
            input
                .getCluster()
                .getRexBuilder()
                .makeExactLiteral(BigDecimal.valueOf(plan.program().options().batchRows())));
    Made made =
        context
            .parts()
            .predictors()
            .python()
            .run(
                plan.program(),
                List.of(data(some, context)),
                java.util.Optional.empty(),
                context.run());
    made.source().close();
    RelNode read = plan.given().get(0);
    return new PythonRows(
        read.getCluster(), read.getTraitSet(), read, plan.program(), type(made, read));
  }

  private static TrainingData data(RelNode input, TaskContext context) {
    return context.relations().tableData(input, context.run());
  }

  private static RelDataType type(Made made, RelNode input) {
    return SparkTypes.row(made.columns(), input.getCluster().getTypeFactory());
  }
}
