package dev.weft.spark;

import dev.weft.planner.PredictionColumns;
import dev.weft.planner.function.SparkFunctions;
import dev.weft.planner.plan.PlannedModel;
import dev.weft.planner.rel.FileScan;
import dev.weft.planner.rel.Predict;
import dev.weft.planner.rel.SparkText;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.FileSource;
import dev.weft.planner.spi.RelationalCatalog.AnalyzedText;
import dev.weft.planner.types.SparkTypeFactory;
import dev.weft.planner.types.SparkTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.tools.RelBuilder;

/** Plans built by hand. */
final class TestPlans {

  final SparkTypeFactory types = new SparkTypeFactory();
  final RelOptCluster cluster =
      RelOptCluster.create(new HepPlanner(new HepProgramBuilder().build()), new RexBuilder(types));
  final RelBuilder builder = RelBuilder.proto().create(cluster, null);
  final SparkFunctions functions = new SparkFunctions(TestSpark.backend().catalog());

  static FileSource csv(String path) {
    return new FileSource("csv", path, Map.of("header", "true", "inferSchema", "true"), "");
  }

  RelNode scan(FileSource source) {
    List<Column> columns = TestSpark.backend().catalog().columnsOf(source);
    return new FileScan(cluster, cluster.traitSet(), source, SparkTypes.row(columns, types));
  }

  TestPlans push(FileSource source) {
    builder.push(scan(source));
    return this;
  }

  /** Rows that Spark's own text gives. */
  RelNode text(String text) {
    return text(text, Map.of());
  }

  RelNode text(String text, Map<String, RelNode> tables) {
    AnalyzedText analyzed = TestSpark.backend().catalog().analyze(text, tables);
    return new SparkText(
        cluster,
        cluster.traitSet(),
        List.copyOf(tables.values()),
        List.copyOf(tables.keySet()),
        analyzed,
        "test",
        SparkTypes.row(analyzed.columns(), types));
  }

  RexNode call(String function, RexNode... arguments) {
    return builder.call(functions.operator(function), arguments);
  }

  RelDataType type(String ddl) {
    return SparkTypes.parse(ddl, types);
  }

  RelNode predict(
      RelNode input, PlannedModel model, List<Integer> features, List<Integer> outputs) {
    List<Column> columns = new ArrayList<>(SparkTypes.columns(input.getRowType()));
    outputs.forEach(i -> columns.add(PredictionColumns.of(model.signature()).get(i)));
    return new Predict(
        cluster,
        cluster.traitSet(),
        input,
        model,
        features,
        outputs,
        SparkTypes.row(columns, types));
  }
}
