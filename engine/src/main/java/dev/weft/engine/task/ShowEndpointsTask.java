package dev.weft.engine.task;

import dev.weft.engine.TableRows;
import dev.weft.planner.plan.StatementPlan.ShowEndpointsPlan;
import dev.weft.planner.spi.Column;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/** SHOW ENDPOINTS: what SERVE has registered in the project. */
final class ShowEndpointsTask implements Task<ShowEndpointsPlan> {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("endpoint", "string", false),
          new Column("model", "string", false),
          new Column("version", "int", false),
          new Column("created", "string", false));

  @Override
  public Outcome run(ShowEndpointsPlan plan, TaskContext context) {
    List<List<Object>> rows =
        context.parts().store().endpointStore().all().stream()
            .map(e -> List.<Object>of(e.endpoint(), e.model(), e.version(), e.created()))
            .toList();
    return Outcome.answer(rows.size() + " endpoints", TableRows.of(COLUMNS, rows));
  }

  @Override
  public Schema schema(ShowEndpointsPlan plan, TaskContext context) {
    return TableRows.schema(COLUMNS);
  }
}
