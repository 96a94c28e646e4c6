package dev.weft.planner.analyze;

import dev.weft.planner.plan.TrainReport;
import dev.weft.planner.rel.LateRows;
import dev.weft.planner.spi.Column;
import dev.weft.planner.types.SparkTypes;
import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;

/** The relation that reads a training's report once it is there. */
final class ReportRelation {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("model", "string", false),
          new Column("version", "int", false),
          new Column("algorithm", "string", false),
          new Column("rows", "bigint", false),
          new Column("data", "string", false),
          new Column("metric", "string", false),
          new Column("value", "double", true));

  private ReportRelation() {}

  static RelNode of(TrainReport report, String model, RelOptCluster cluster) {
    return new LateRows(
        cluster,
        cluster.traitSetOf(Convention.NONE),
        "report of " + model,
        report::rows,
        SparkTypes.row(COLUMNS, cluster.getTypeFactory()));
  }
}
