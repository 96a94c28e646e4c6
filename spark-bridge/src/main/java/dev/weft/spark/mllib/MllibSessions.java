package dev.weft.spark.mllib;

import com.google.common.base.Suppliers;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.Dataset$;
import org.apache.spark.sql.classic.SparkSession;
import scala.Option;

/**
 * Spark's session, and one beside it for what is little. A training asks dozens of queries; where
 * rows are few, compiling code for each of them and planning it again after each of its stages take
 * longer than the rows do.
 */
final class MllibSessions {

  /** What asks Spark. */
  interface Asking<T> {

    T get() throws IOException;
  }

  private static final Map<String, String> FOR_LITTLE =
      Map.of(
          "spark.sql.adaptive.enabled", "false",
          "spark.sql.shuffle.partitions", "1",
          "spark.sql.leafNodeDefaultParallelism", "1",
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN");

  private final Supplier<SparkSession> spark;
  private final Supplier<SparkSession> little;

  /**
   * Sessions of one Spark.
   *
   * @param spark asked when one of them is needed, not before
   */
  MllibSessions(Supplier<SparkSession> spark) {
    this.spark = spark;
    this.little =
        Suppliers.memoize(
            () -> {
              SparkSession made = spark.get().newSession();
              FOR_LITTLE.forEach(made.conf()::set);
              return made;
            });
  }

  /** The one that Spark was started with. */
  SparkSession usual() {
    return spark.get();
  }

  /** For few rows, and for a model's files. */
  SparkSession little() {
    return little.get();
  }

  /** The same rows, which are kept in memory, for queries in the session for few rows. */
  Dataset<Row> little(Dataset<Row> kept) {
    var rows = (org.apache.spark.sql.classic.Dataset<Row>) kept;
    return Dataset$.MODULE$.ofRows(little(), rows.logicalPlan());
  }

  /** What something gives that asks Spark for the session which is active in its thread. */
  static <T> T within(org.apache.spark.sql.SparkSession session, Asking<T> asking)
      throws IOException {
    Option<SparkSession> before = SparkSession.getActiveSession();
    SparkSession.setActiveSession(session);
    try {
      return asking.get();
    } finally {
      if (before.isDefined()) {
        SparkSession.setActiveSession(before.get());
      } else {
        SparkSession.clearActiveSession();
      }
    }
  }
}
