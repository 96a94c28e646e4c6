package dev.weft.spark;

import dev.weft.spark.catalog.ProjectCatalog;
import dev.weft.spark.catalog.ProjectState;
import dev.weft.spark.file.LocalFiles;
import dev.weft.spark.predict.PredictStrategy;
import dev.weft.spark.python.PythonStrategy;
import dev.weft.spark.run.Interruptible;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.ColumnarRule;
import org.apache.spark.sql.execution.SparkStrategy;
import scala.Option;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/** Starts Spark on a thread of its own, so that a script is parsed and checked meanwhile. */
final class SparkStart {

  private static final String LOOPBACK = "127.0.0.1";

  private SparkStart() {}

  static CompletableFuture<SparkSession> begin(SparkSettings settings) {
    CompletableFuture<SparkSession> session = new CompletableFuture<>();
    Thread starter =
        new Thread(
            () -> {
              try {
                session.complete(start(settings));
              } catch (Throwable failure) {
                session.completeExceptionally(failure);
              }
            },
            "weft-spark-start");
    starter.setDaemon(true);
    starter.start();
    return session;
  }

  private static SparkSession start(SparkSettings settings) {
    SparkSession.Builder builder = new SparkSession.Builder();
    builder.master(settings.master()).appName("weft");
    defaults(settings).forEach((key, value) -> builder.config(key, given(key, value)));
    addresses(settings).forEach((key, value) -> builder.config(key, given(key, value)));
    files(settings).forEach((key, value) -> builder.config(key, given(key, value)));
    shared(settings).forEach((key, value) -> builder.config(key, given(key, value)));
    executors(settings).forEach((key, value) -> builder.config(key, given(key, value)));
    settings.spark().forEach(builder::config);
    builder.withExtensions(new Extensions());
    return withCatalog(builder.getOrCreate(), settings);
  }

  /** The same session with the project's catalog, which no setting of Spark's lets one choose. */
  private static SparkSession withCatalog(SparkSession plain, SparkSettings settings) {
    SparkContext context = plain.sparkContext();
    ProjectCatalog catalog = new ProjectCatalog(settings.project(), context.hadoopConfiguration());
    ProjectState state = new ProjectState(context, plain.initialSessionOptions(), catalog);
    SparkSession session =
        new SparkSession(
            context,
            Option.apply(state),
            Option.empty(),
            plain.extensions(),
            plain.initialSessionOptions(),
            scala.collection.immutable.Map$.MODULE$.empty());
    SparkSession.setDefaultSession(session);
    SparkSession.setActiveSession(session);
    return session;
  }

  /** What {@code -Dspark.…} of this JVM says goes first. */
  private static String given(String key, String value) {
    return System.getProperty(key, value);
  }

  /** A JVM of an executor may be started where our classes are not. */
  private static Map<String, String> files(SparkSettings settings) {
    return isInside(settings)
        ? Map.of("spark.hadoop.fs.file.impl", LocalFiles.class.getName())
        : Map.of();
  }

  /** A query that finds no memory must not end the JVM that others use too. */
  private static Map<String, String> shared(SparkSettings settings) {
    return isInside(settings) ? Map.of("spark.executor.killOnFatalError.depth", "0") : Map.of();
  }

  /** Executors that workers start find our classes where this JVM has them. */
  private static Map<String, String> executors(SparkSettings settings) {
    return isInside(settings) || settings.master().startsWith("local-cluster")
        ? Map.of()
        : Map.of("spark.executor.extraClassPath", System.getProperty("java.class.path"));
  }

  private static boolean isInside(SparkSettings settings) {
    return settings.master().matches("local(\\[.*])?");
  }

  /** Others have to reach a driver whose master is elsewhere. */
  private static Map<String, String> addresses(SparkSettings settings) {
    boolean here =
        settings.master().startsWith("local") || settings.master().contains("//" + LOOPBACK);
    return here
        ? Map.of("spark.driver.host", LOOPBACK, "spark.driver.bindAddress", LOOPBACK)
        : Map.of();
  }

  /** No web page, no Hive; small results and few shuffle files on one machine. */
  private static Map<String, String> defaults(SparkSettings settings) {
    boolean local = settings.master().startsWith("local");
    int cores = Runtime.getRuntime().availableProcessors();
    return Map.ofEntries(
        Map.entry("spark.ui.enabled", "false"),
        Map.entry("spark.ui.showConsoleProgress", "false"),
        Map.entry("spark.sql.catalogImplementation", "in-memory"),
        Map.entry("spark.sql.warehouse.dir", ProjectCatalog.warehouse(settings.project())),
        Map.entry("spark.sql.statistics.size.autoUpdate.enabled", "true"),
        Map.entry("spark.sql.adaptive.enabled", "true"),
        Map.entry("spark.sql.adaptive.coalescePartitions.parallelismFirst", "false"),
        Map.entry(
            "spark.sql.shuffle.partitions", String.valueOf(local ? Math.max(4, 2 * cores) : 200)),
        Map.entry("spark.sql.ui.retainedExecutions", "20"),
        Map.entry("spark.cleaner.periodicGC.interval", "5min"),
        Map.entry("spark.log.callerContext", ""),
        Map.entry("spark.driver.maxResultSize", "0"));
  }

  private static final class Extensions
      extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {

    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
      extensions.injectPlannerStrategy(
          new AbstractFunction1<>() {
            @Override
            public SparkStrategy apply(org.apache.spark.sql.SparkSession session) {
              return new PredictStrategy();
            }
          });
      extensions.injectPlannerStrategy(
          new AbstractFunction1<>() {
            @Override
            public SparkStrategy apply(org.apache.spark.sql.SparkSession session) {
              return new PythonStrategy();
            }
          });
      extensions.injectColumnar(
          new AbstractFunction1<>() {
            @Override
            public ColumnarRule apply(org.apache.spark.sql.SparkSession session) {
              return new Interruptible();
            }
          });
      return BoxedUnit.UNIT;
    }
  }
}
