package dev.weft.spark;

import dev.weft.spark.file.LocalPath;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Libraries for tables that Spark does not have itself. They load only when their jars are among
 * those that the user has added, so that a start without them stays as fast as it is.
 */
public final class TableLibraries {

  private static final String EXTENSIONS = "spark.sql.extensions";

  private TableLibraries() {}

  /** What Spark must be told of the added jars, a class path of their own. */
  public static Map<String, String> settings(String jars, Path project) {
    Map<String, String> settings = new HashMap<>();
    if (jars.contains("delta-spark")) {
      settings.put(EXTENSIONS, "io.delta.sql.DeltaSparkSessionExtension");
      settings.put(
          "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
      // Its default of 50 tasks is for a log of many thousand files.
      settings.put("spark.databricks.delta.snapshotPartitions", "2");
    }
    if (jars.contains("iceberg-spark-runtime")) {
      settings.merge(
          EXTENSIONS,
          "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
          (delta, iceberg) -> delta + "," + iceberg);
      settings.put("spark.sql.catalog.iceberg", "org.apache.iceberg.spark.SparkCatalog");
      settings.put("spark.sql.catalog.iceberg.type", "hadoop");
      settings.put(
          "spark.sql.catalog.iceberg.warehouse",
          LocalPath.text(project.toAbsolutePath().normalize().resolve(".weft/iceberg")));
    }
    return settings;
  }
}
