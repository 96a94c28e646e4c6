package dev.weft.spark;

import dev.weft.engine.Progress;
import dev.weft.engine.Rows;
import dev.weft.engine.spi.ArrowExchange;
import dev.weft.engine.spi.ModelBackend.ModelFiles;
import dev.weft.engine.spi.Predictors;
import dev.weft.engine.spi.RelationalBackend;
import dev.weft.engine.spi.Run;
import dev.weft.planner.plan.PlannedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.util.ArrowUtils;
import org.jspecify.annotations.Nullable;

/** One Spark for all tests of the module, with exchanges and model files that a test puts in. */
final class TestSpark {

  static final Map<String, ArrowExchange> EXCHANGES = new ConcurrentHashMap<>();
  static final Map<String, ModelFiles> FILES = new ConcurrentHashMap<>();

  /** A process beside this one has another. */
  static final Path PROJECT =
      Path.of(System.getProperty("weft.test.project", "target/test-project")).toAbsolutePath();

  private static final SparkBackend SPARK =
      SparkBackend.open(
          settings(),
          new Predictors() {
            @Override
            public ModelFiles files(PlannedModel model, Run run) {
              return known(FILES, model);
            }

            @Override
            public ArrowExchange exchange(PlannedModel model, Run run) {
              return known(EXCHANGES, model);
            }
          });
  private static final RelationalBackend BACKEND = SPARK.newSession();

  private TestSpark() {}

  /** Executors of a {@code weft.test.master} with JVMs of their own get this one's class path. */
  private static SparkSettings settings() {
    forgetTablesOfEarlierRuns();
    return new SparkSettings(
        System.getProperty("weft.test.master", "local[2]"),
        PROJECT,
        Map.of(
            "spark.hadoop.fs.full.impl",
            FullDisk.class.getName(),
            "spark.executor.extraClassPath",
            Objects.requireNonNullElse(
                System.getenv("CLASSPATH"), System.getProperty("java.class.path")),
            "spark.executor.extraJavaOptions",
            System.getProperty("weft.test.open", "")));
  }

  private static void forgetTablesOfEarlierRuns() {
    Path kept = PROJECT.resolve(".weft");
    if (Files.isDirectory(kept)) {
      try (Stream<Path> files = Files.walk(kept)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      } catch (IOException stuck) {
        throw new UncheckedIOException(stuck);
      }
    }
  }

  static SparkBackend spark() {
    return SPARK;
  }

  /** The session that most tests share. */
  static RelationalBackend backend() {
    return BACKEND;
  }

  /** The session of the backend, started; the rows are read, for a job left alone starts late. */
  static SparkSession session() {
    collect(backend().sql("select 1", Map.of(), run()));
    return (SparkSession) org.apache.spark.sql.SparkSession.active();
  }

  private static <T> T known(Map<String, T> map, PlannedModel model) {
    T found = map.get(model.name());
    if (found == null || model.version().isEmpty()) {
      throw new IllegalStateException("the test has no model " + model);
    }
    return found;
  }

  static Run run() {
    return TestRuns.run();
  }

  static Run run(AtomicBoolean cancelled, List<Progress> progress) {
    return TestRuns.run(cancelled, progress);
  }

  static List<List<@Nullable Object>> collect(RelNode plan) {
    return collect(BACKEND.rows(plan, run()));
  }

  /** Reads all rows as text, numbers and nulls, and closes. */
  static List<List<@Nullable Object>> collect(Rows rows) {
    return TestRuns.collect(rows);
  }

  static long allocated() {
    return ArrowUtils.rootAllocator().getAllocatedMemory();
  }
}
