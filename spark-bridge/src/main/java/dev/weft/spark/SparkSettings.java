package dev.weft.spark;

import java.nio.file.Path;
import java.util.Map;

/**
 * How Spark is started.
 *
 * @param master {@code local[*]} or any master Spark knows
 * @param project the project's folder; Spark's catalog and tables go to {@code .weft} in it
 * @param spark further settings under Spark's own keys, which win over ours
 */
public record SparkSettings(String master, Path project, Map<String, String> spark) {

  /** The master when nobody says otherwise. */
  public static final String LOCAL = "local[*]";

  /** Copies the settings. */
  public SparkSettings {
    spark = Map.copyOf(spark);
  }

  /** Spark inside this process, on all cores. */
  public static SparkSettings local(Path project) {
    return new SparkSettings(LOCAL, project, Map.of());
  }
}
