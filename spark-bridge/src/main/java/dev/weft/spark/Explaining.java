package dev.weft.spark;

import dev.weft.grammar.ast.Explain;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.ExplainMode;
import org.apache.spark.sql.execution.QueryExecution;

/** What Spark says of a plan. */
final class Explaining {

  private final SparkSession session;

  Explaining(SparkSession session) {
    this.session = session;
  }

  String explain(Dataset<Row> dataset, Explain.Mode mode) {
    QueryExecution query = dataset.queryExecution();
    return switch (mode) {
      case PLAN, SPARK, LINEAGE -> text(query, "simple");
      case ANALYZE -> analyzed(query);
      case EXTENDED, FORMATTED, CODEGEN, COST -> text(query, mode.name().toLowerCase(Locale.ROOT));
    };
  }

  private static String text(QueryExecution query, String mode) {
    return query.explainString(ExplainMode.fromString(mode)).strip();
  }

  /** Runs the query without keeping its rows, then shows the plan as it was run in the end. */
  private String analyzed(QueryExecution query) {
    long start = System.nanoTime();
    long rows = ResultStream.computed(query).count();
    long millis = (System.nanoTime() - start) / 1_000_000;
    session.sparkContext().clearJobGroup();
    return text(query, "simple")
        + String.format(Locale.ROOT, "%nrows: %d%ntime: %.3f s", rows, millis / 1000.0);
  }
}
