package dev.weft.spark;

import dev.weft.engine.spi.RelationalBackend.Analyzed;
import dev.weft.grammar.ast.Explain;
import dev.weft.planner.explain.Measured;
import dev.weft.planner.rel.Shown;
import dev.weft.spark.convert.NodeMarks;
import dev.weft.spark.result.ResultStream;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.calcite.rel.RelNode;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.execution.ExplainMode;
import org.apache.spark.sql.execution.QueryExecution;

/** What Spark says of a plan. */
final class Explaining {

  private Explaining() {}

  static String explain(Dataset<Row> dataset, Explain.Mode mode) {
    QueryExecution query = dataset.queryExecution();
    return switch (mode) {
      case PLAN, SPARK, LINEAGE, ANALYZE -> text(query, "simple");
      case EXTENDED, FORMATTED, CODEGEN, COST -> text(query, mode.name().toLowerCase(Locale.ROOT));
    };
  }

  private static String text(QueryExecution query, String mode) {
    return query.explainString(ExplainMode.fromString(mode)).strip();
  }

  /** Runs a query without keeping its rows; says what each step did, as far as Spark counts it. */
  static Analyzed analyze(RelNode plan, QueryExecution query, NodeMarks marks) {
    long start = System.nanoTime();
    long rows = ResultStream.computed(query).count();
    long nanos = System.nanoTime() - start;
    Map<RelNode, Measured> steps = new Measuring(marks).of(plan, query.executedPlan());
    steps.merge(
        Shown.below(plan), new Measured(OptionalLong.of(rows), 0), (did, all) -> all.and(did));
    return new Analyzed(rows, nanos, steps);
  }
}
