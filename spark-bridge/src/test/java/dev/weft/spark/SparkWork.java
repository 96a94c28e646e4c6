package dev.weft.spark;

import dev.weft.spark.convert.Catalyst;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionEnd;
import org.apache.spark.sql.types.StructType;

/** What Spark says that it did: jobs, what its tasks read, and the scans of its final plans. */
final class SparkWork extends SparkListener {

  private static final long PATIENCE_MILLIS = 60_000;

  private final List<String> jobs = Collections.synchronizedList(new ArrayList<>());
  private final AtomicLong records = new AtomicLong();
  private final List<QueryExecution> queries = Collections.synchronizedList(new ArrayList<>());

  private SparkWork() {}

  static SparkWork of(Runnable script) {
    SparkContext spark = TestSpark.session().sparkContext();
    SparkWork work = new SparkWork();
    // What another test has cancelled may take a moment to end.
    do {
      settle(spark);
    } while (spark.statusTracker().getActiveJobIds().length > 0);
    spark.addSparkListener(work);
    try {
      script.run();
    } finally {
      settle(spark);
      spark.removeSparkListener(work);
    }
    return work;
  }

  private static void settle(SparkContext spark) {
    try {
      spark.listenerBus().waitUntilEmpty(PATIENCE_MILLIS);
    } catch (TimeoutException stuck) {
      throw new IllegalStateException(stuck);
    }
  }

  /** The jobs of statements, each with what it was for; not those that look into files before. */
  List<String> jobs() {
    return List.copyOf(jobs);
  }

  /** The records that tasks read, from files and from what is kept in memory. */
  long records() {
    return records.get();
  }

  /** The scans of files, each once; not those that only look for columns, which read text. */
  List<Scan> scans() {
    Set<SparkPlan> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    return List.copyOf(queries).stream()
        .flatMap(query -> nodes(query.executedPlan()))
        .filter(node -> node instanceof FileSourceScanExec && seen.add(node))
        .map(node -> Scan.of((FileSourceScanExec) node))
        .filter(scan -> !scan.columns().equals(List.of("value")))
        .toList();
  }

  private static Stream<SparkPlan> nodes(SparkPlan plan) {
    if (plan instanceof AdaptiveSparkPlanExec adaptive) {
      return nodes(adaptive.executedPlan());
    }
    if (plan instanceof QueryStageExec stage) {
      return nodes(stage.plan());
    }
    Stream<SparkPlan> below =
        Stream.concat(
            Catalyst.list(plan.children()).stream(), Catalyst.list(plan.subqueries()).stream());
    return Stream.concat(Stream.of(plan), below.flatMap(SparkWork::nodes));
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    if (job.properties().getProperty("spark.jobGroup.id") != null) {
      jobs.add(
          job.jobId()
              + " of "
              + job.properties().getProperty("spark.job.description")
              + ", "
              + Catalyst.list(job.stageInfos()).stream().map(stage -> stage.name()).toList());
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    if (task.taskMetrics() != null) {
      records.addAndGet(task.taskMetrics().inputMetrics().recordsRead());
    }
  }

  @Override
  public void onOtherEvent(SparkListenerEvent event) {
    if (event instanceof SparkListenerSQLExecutionEnd end && end.qe() != null) {
      queries.add(end.qe());
    }
  }

  /**
   * A scan of files.
   *
   * @param columns those that it reads, the partitions' not among them
   * @param pushed the filters that it was given, as Spark writes them
   */
  record Scan(List<String> columns, String pushed, String partitions, long files, long rows) {

    static Scan of(FileSourceScanExec scan) {
      StructType read = scan.requiredSchema();
      var told = scan.metadata();
      return new Scan(
          List.of(read.fieldNames()),
          told.getOrElse("PushedFilters", () -> ""),
          told.getOrElse("PartitionFilters", () -> ""),
          (Long) scan.metrics().apply("numFiles").value(),
          (Long) scan.metrics().apply("numOutputRows").value());
    }
  }
}
