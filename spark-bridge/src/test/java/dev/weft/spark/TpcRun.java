package dev.weft.spark;

import dev.weft.grammar.ScriptParser;
import dev.weft.grammar.Source;
import dev.weft.grammar.ast.Statement;
import dev.weft.planner.AlgorithmCatalog;
import dev.weft.planner.Checked;
import dev.weft.planner.PlanningContext;
import dev.weft.planner.ScriptPlanner;
import dev.weft.planner.plan.StatementPlan.QueryPlan;
import dev.weft.spark.file.FileSources;
import dev.weft.spark.run.RunRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.calcite.rel.RelNode;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;

/** Runs one text both ways, each with the whole of its planning, and collects all rows. */
final class TpcRun {

  private final SparkSession session;
  private final long limitMillis;
  private final PlanBuilder plans;
  private final ScriptPlanner planner;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "tpc");
            thread.setDaemon(true);
            return thread;
          });

  TpcRun(SparkSession session, long limitMillis) {
    this.session = session;
    this.limitMillis = limitMillis;
    FileSources files = new FileSources(() -> session);
    ModelFunctions models = NoPredictors.models(session);
    this.plans =
        new PlanBuilder(
            session,
            files,
            models,
            new PythonFunctions(new NoPredictors(), new RunRegistry()),
            SharedTables.NONE);
    CompletableFuture<SparkSession> started = CompletableFuture.completedFuture(session);
    SparkCatalog catalog = new SparkCatalog(started, () -> session, files, () -> plans);
    this.planner = new ScriptPlanner(catalog, new NoModels(), new AlgorithmCatalog(List.of()));
  }

  /**
   * One way's time.
   *
   * @param planningMillis from the text to the plan that Spark receives; 0 for Spark's own way
   */
  record Time(double millis, double planningMillis, long rows, String failure) {}

  /** Both ways' times, one run after the other. */
  record Pair(boolean weftFirst, Time spark, Time weft) {

    String problem() {
      String failed =
          (spark.failure.isEmpty() ? "" : "spark: " + spark.failure)
              + (weft.failure.isEmpty() ? "" : "weft: " + weft.failure);
      boolean differ = failed.isEmpty() && spark.rows != weft.rows;
      return differ ? spark.rows + " rows and " + weft.rows : failed;
    }
  }

  Pair pair(String text, boolean weftFirst) {
    if (weftFirst) {
      Time weft = limited(() -> weft(text));
      return new Pair(true, limited(() -> spark(text)), weft);
    }
    Time spark = limited(() -> spark(text));
    return new Pair(false, spark, limited(() -> weft(text)));
  }

  private Time spark(String text) {
    long start = System.nanoTime();
    long rows = rows(session.sql(text));
    return new Time(millis(start), 0, rows, "");
  }

  private Time weft(String text) {
    long start = System.nanoTime();
    LogicalPlan plan = plan(text);
    double planning = millis(start);
    long rows = rows(plans.dataset(plan));
    return new Time(millis(start), planning, rows, "");
  }

  /** What Weft gives to Spark. */
  LogicalPlan plan(String text) {
    List<Statement> statements =
        ScriptParser.parse(new Source("tpc.weft", text)).script().statements();
    PlanningContext context =
        new PlanningContext(Path.of("/"), Map.of(), Optional.empty(), OptionalLong.empty(), false);
    Checked checked = planner.plan(statements, Map.of(), context);
    RelNode relation = ((QueryPlan) checked.plans().get(0)).plan();
    return plans.logical(relation);
  }

  private static long rows(Dataset<Row> dataset) {
    return ((Object[]) dataset.collect()).length;
  }

  private static double millis(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  private Time limited(Supplier<Time> way) {
    Future<Time> running =
        worker.submit(
            () -> {
              SparkSession.setActiveSession(session);
              return way.get();
            });
    try {
      return running.get(limitMillis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      running.cancel(true);
      session.sparkContext().cancelAllJobs();
      return new Time(limitMillis, 0, 0, "longer than the limit");
    } catch (ExecutionException failed) {
      return new Time(
          1, 0, 0, PlainSpark.sentence(Objects.requireNonNullElse(failed.getCause(), failed)));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
