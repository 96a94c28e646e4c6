package dev.weft.spark;

import dev.weft.engine.Rows;
import dev.weft.engine.spi.RelationalBackend;
import dev.weft.engine.spi.Run;
import dev.weft.engine.spi.TrainingData;
import dev.weft.grammar.WeftException;
import dev.weft.grammar.ast.Explain;
import dev.weft.grammar.ast.Save;
import dev.weft.planner.plan.StatementPlan.CreateFunctionPlan;
import dev.weft.planner.rel.SharedTable;
import dev.weft.planner.spi.FileSource;
import dev.weft.planner.spi.RelationalCatalog;
import dev.weft.spark.convert.Catalyst;
import dev.weft.spark.convert.NodeMarks;
import dev.weft.spark.error.SparkErrors;
import dev.weft.spark.file.FileSources;
import dev.weft.spark.file.SaveFiles;
import dev.weft.spark.result.ResultStream;
import dev.weft.spark.result.Schemas;
import dev.weft.spark.run.RunRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.calcite.rel.RelNode;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;

/** Relational plans in one session of Spark's: its views, functions and settings are its own. */
final class SparkRelations implements RelationalBackend {

  private final CompletableFuture<SparkSession> starting;
  private final RunRegistry runs;
  private final ModelFunctions models;
  private final PythonFunctions python;
  private final PythonRegistry registry;
  private final FileSources files;
  private final SparkCatalog catalog;
  private final SparkStatements statements;
  private final CatalogAccess access = new CatalogAccess();
  private final KeptTables shared = new KeptTables();

  SparkRelations(
      CompletableFuture<SparkSession> starting,
      RunRegistry runs,
      ModelFunctions models,
      PythonFunctions python) {
    this.starting = starting;
    this.runs = runs;
    this.models = models;
    this.python = python;
    this.registry = new PythonRegistry(python::calls);
    this.files = new FileSources(this::session);
    this.catalog = new SparkCatalog(starting, this::session, files, () -> plans().onlyLooking());
    this.statements = new SparkStatements(this::session, this::plans, access);
  }

  /** Spark's session, once it has started. */
  private SparkSession session() {
    SparkSession session = starting.join();
    SparkSession.setActiveSession(session);
    access.refresh(session);
    registry.refresh(session);
    return session;
  }

  PlanBuilder plans() {
    return new PlanBuilder(session(), files, models, python, shared);
  }

  @Override
  public RelationalCatalog catalog() {
    return catalog;
  }

  @Override
  public Schema schema(RelNode plan) {
    return new Schemas(session()).arrow(plans().onlyLooking().dataset(plan).schema());
  }

  @Override
  public Rows rows(RelNode plan, Run run) {
    return running(run, "running", entry -> stream(plans().dataset(plan), run, entry));
  }

  @Override
  public Rows sql(String text, Map<String, RelNode> tables, Run run) {
    return running(run, "running", entry -> stream(statements.run(text, tables, run), run, entry));
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
      session().sparkContext().setJobGroup(run.id(), "training data", true);
      return SparkTrainingData.ordered(session(), plans().dataset(plan), seed, run, runs);
    } catch (Throwable failure) {
      throw SparkErrors.execution(failure, run);
    } finally {
      clearGroup();
    }
  }

  @Override
  public void createFunction(CreateFunctionPlan plan, Run run) {
    try {
      registry.create(session(), plan);
    } catch (WeftException ours) {
      throw ours;
    } catch (Throwable failure) {
      throw SparkErrors.execution(failure, run);
    }
  }

  @Override
  public TrainingData tableData(RelNode plan, Run run) {
    try {
      session().sparkContext().setJobGroup(run.id(), "table", true);
      return new SparkTrainingData(session(), plans().dataset(plan), run, runs);
    } catch (Throwable failure) {
      throw SparkErrors.execution(failure, run);
    } finally {
      clearGroup();
    }
  }

  @Override
  public Analyzed analyze(RelNode plan, Run run) {
    return running(
        run,
        "running",
        entry -> {
          try (entry) {
            NodeMarks marks = new NodeMarks();
            Dataset<Row> rows = plans().marking(marks).dataset(plan);
            return Explaining.analyze(plan, rows.queryExecution(), marks);
          }
        });
  }

  @Override
  public void release(List<SharedTable> tables) {
    if (starting.isDone() && !starting.isCompletedExceptionally()) {
      shared.release(tables);
    }
    tables.forEach(SharedTable::close);
  }

  @Override
  public String explain(RelNode plan, Explain.Mode mode, Run run) {
    return running(
        run,
        "running",
        entry -> {
          try (entry) {
            return Explaining.explain(plans().onlyLooking().dataset(plan), mode);
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
    if (starting.isDone() && !starting.isCompletedExceptionally()) {
      shared.releaseAll();
      forget(session());
    }
  }

  /** Dropping a view also frees what CACHE keeps of it, which no other session can reach. */
  private static void forget(SparkSession session) {
    if (session.sparkContext().isStopped()) {
      return;
    }
    for (TableIdentifier view :
        Catalyst.list(session.sessionState().catalog().listLocalTempViews("*"))) {
      session.catalog().dropTempView(view.table());
    }
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
