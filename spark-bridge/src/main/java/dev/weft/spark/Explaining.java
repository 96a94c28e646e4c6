package dev.weft.spark;

import dev.weft.engine.spi.RelationalBackend.Analyzed;
import dev.weft.grammar.ast.Explain;
import dev.weft.spark.convert.NodeMarks;
import dev.weft.spark.result.ResultStream;
import java.util.Locale;
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
  static Analyzed analyze(QueryExecution query, NodeMarks marks) {
    long start = System.nanoTime();
    long rows = ResultStream.computed(query).count();
    long nanos = System.nanoTime() - start;
    return new Analyzed(rows, nanos, new Measuring(marks).of(query.executedPlan()));
  }
}
