package dev.weft.engine.task;

import dev.weft.engine.TableRows;
import dev.weft.planner.AlgorithmDeclaration;
import dev.weft.planner.plan.StatementPlan.ShowAlgorithmsPlan;
import dev.weft.planner.spi.Column;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Schema;

/** SHOW ALGORITHMS: what TRAIN can train. */
final class ShowAlgorithmsTask implements Task<ShowAlgorithmsPlan> {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("name", "string", false),
          new Column("aliases", "string", false),
          new Column("task", "string", false),
          new Column("where", "string", false),
          new Column("doc", "string", false));

  @Override
  public Outcome run(ShowAlgorithmsPlan plan, TaskContext context) {
    List<List<String>> rows =
        context.algorithms().all().stream().map(ShowAlgorithmsTask::row).toList();
    return Outcome.answer(rows.size() + " algorithms", TableRows.of(COLUMNS, rows));
  }

  @Override
  public Schema schema(ShowAlgorithmsPlan plan, TaskContext context) {
    return TableRows.schema(COLUMNS);
  }

  private static List<String> row(AlgorithmDeclaration algorithm) {
    String tasks =
        algorithm.tasks().stream()
            .map(task -> task.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return List.of(
        algorithm.name(),
        String.join(", ", algorithm.aliases()),
        tasks,
        algorithm.where(),
        algorithm.doc());
  }
}
