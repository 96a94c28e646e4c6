package dev.weft.spark;

import dev.weft.engine.Rows;
import dev.weft.engine.spi.ModelBackend;
import dev.weft.engine.spi.Predictors;
import dev.weft.engine.spi.RelationalBackend;
import dev.weft.engine.spi.Run;
import dev.weft.engine.spi.TrainingData;
import dev.weft.grammar.WeftException;
import dev.weft.grammar.ast.Explain;
import dev.weft.grammar.ast.Save;
import dev.weft.planner.spi.FileSource;
import dev.weft.planner.spi.RelationalCatalog;
import dev.weft.spark.mllib.MllibBackend;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.calcite.rel.RelNode;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;

/** Relational plans on Spark. */
public final class SparkBackend implements RelationalBackend {

  private final CompletableFuture<SparkSession> starting;
  private final RunRegistry runs;
  private final ModelFunctions models;
  private final FileSources files;
  private final SparkCatalog catalog;

  private SparkBackend(SparkSettings settings, Predictors predictors) {
    this.runs = new RunRegistry();
    this.starting =
        SparkStart.begin(settings)
            .thenApply(
                session -> {
                  session.sparkContext().addSparkListener(runs);
                  return session;
                });
    this.models = new ModelFunctions(predictors, runs);
    this.files = new FileSources(this::session);
    this.catalog = new SparkCatalog(starting, this::session, files, this::plans);
  }

  /** Begins to start Spark and returns at once; what needs Spark waits for it. */
  public static SparkBackend open(SparkSettings settings, Predictors predictors) {
    return new SparkBackend(settings, predictors);
  }

  /** Training and prediction with MLlib, in the same Spark. */
  public ModelBackend mllib() {
    return new MllibBackend(this::session);
  }

  /** Spark's session, once it has started. */
  private SparkSession session() {
    SparkSession session = starting.join();
    SparkSession.setActiveSession(session);
    return session;
  }

  PlanBuilder plans() {
    return new PlanBuilder(session(), files, models);
  }

  @Override
  public RelationalCatalog catalog() {
    return catalog;
  }

  @Override
  public Schema schema(RelNode plan) {
    return new Schemas(session()).arrow(plans().dataset(plan).schema());
  }

  @Override
  public Rows rows(RelNode plan, Run run) {
    return running(run, "running", entry -> stream(plans().dataset(plan), run, entry));
  }

  @Override
  public Rows sql(String text, Map<String, RelNode> tables, Run run) {
    return running(
        run,
        "running",
        entry -> stream(new SparkStatements(session(), plans()).run(text, tables), run, entry));
  }

  @Override
  public void save(
      RelNode plan, FileSource target, Save.Mode mode, List<String> partitionBy, Run run) {
    SparkSession session = session();
    RunRegistry.Entry entry = runs.enter(run, "saving");
    try {
      session.sparkContext().setJobGroup(run.id(), "save", true);
      new SaveFiles(session, run, entry)
          .save(() -> plans().dataset(plan), target, mode, partitionBy);
    } finally {
      entry.close();
      clearGroup();
    }
  }

  @Override
  public TrainingData trainingData(RelNode plan, long seed, Run run) {
    try {
      return new SparkTrainingData(session(), plans().dataset(plan), seed, run, runs);
    } catch (RuntimeException failure) {
      throw SparkErrors.execution(failure, run);
    }
  }

  @Override
  public String explain(RelNode plan, Explain.Mode mode, Run run) {
    return running(
        run,
        "running",
        entry -> {
          try (entry) {
            return new Explaining(session()).explain(plans().dataset(plan), mode);
          }
        });
  }

  @Override
  public void cancel(String runId) {
    if (starting.isDone() && !starting.isCompletedExceptionally()) {
      starting.join().sparkContext().cancelJobGroup(runId, "cancelled");
    }
  }

  @Override
  public void close() {
    starting.thenAccept(SparkSession::stop).join();
  }

  private Rows stream(Dataset<Row> dataset, Run run, RunRegistry.Entry entry) {
    return new ResultStream(session(), run).open(dataset, entry);
  }

  /** Does something with Spark as part of a run; closes the entry only when that fails. */
  private <T> T running(
      Run run, String what, java.util.function.Function<RunRegistry.Entry, T> work) {
    RunRegistry.Entry entry = runs.enter(run, what);
    try {
      session().sparkContext().setJobGroup(run.id(), what, true);
      return work.apply(entry);
    } catch (WeftException ours) {
      entry.close();
      throw ours;
    } catch (Throwable failure) {
      entry.close();
      throw SparkErrors.execution(failure, run);
    } finally {
      clearGroup();
    }
  }

  private void clearGroup() {
    if (starting.isDone() && !starting.isCompletedExceptionally()) {
      starting.join().sparkContext().clearJobGroup();
    }
  }
}
