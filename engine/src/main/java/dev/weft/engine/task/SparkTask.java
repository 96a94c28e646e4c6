package dev.weft.engine.task;

import dev.weft.engine.Rows;
import dev.weft.engine.TableRows;
import dev.weft.planner.plan.StatementPlan.SparkPlan;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.SparkError;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/** A statement of Spark's own, run as it stands. */
final class SparkTask implements Task<SparkPlan> {

  @Override
  public Outcome run(SparkPlan plan, TaskContext context) {
    Rows rows = context.relations().sql(plan.text(), context.workspace().tables(), context.run());
    if (rows.schema().getFields().isEmpty()) {
      rows.close();
      return Outcome.done("done by Spark");
    }
    return Outcome.answer("rows of Spark", rows);
  }

  /**
   * Commands answer with columns that are known only when they have run; those count as effects.
   */
  @Override
  public Schema schema(SparkPlan plan, TaskContext context) {
    try {
      List<Column> columns =
          context
              .relations()
              .catalog()
              .analyze(plan.text(), context.workspace().tables())
              .columns();
      return TableRows.schema(
          columns.stream().map(c -> new Column(c.name(), simple(c.type()), true)).toList());
    } catch (SparkError e) {
      return TableRows.schema(List.of());
    }
  }

  private static String simple(String type) {
    return List.of("int", "bigint", "double", "boolean").contains(type) ? type : "string";
  }
}
