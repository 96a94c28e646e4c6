package dev.weft.server;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a platform is opened with.
 *
 * @param project the folder that holds {@code .weft}
 * @param host where endpoints listen
 * @param httpPort the port of HTTP endpoints, 0 for any free one
 * @param sparkMaster {@code local[*]} or any master Spark knows
 * @param spark further Spark settings
 * @param environment the process environment, for the Python runtime
 * @param token what clients show
 */
public record PlatformSettings(
    Path project,
    String host,
    int httpPort,
    String sparkMaster,
    Map<String, String> spark,
    Map<String, String> environment,
    AccessToken token) {

  /** The address that only this machine reaches. */
  public static final String LOOPBACK = "127.0.0.1";

  private static final String LOCAL = "local[*]";

  /** Copies the maps. */
  public PlatformSettings {
    project = project.toAbsolutePath().normalize();
    spark = Map.copyOf(spark);
    environment = Map.copyOf(environment);
  }

  /** The defaults of a project; {@code WEFT_SPARK_MASTER} names another Spark. */
  public static PlatformSettings of(Path project) {
    Map<String, String> environment = System.getenv();
    return new PlatformSettings(
        project,
        LOOPBACK,
        0,
        environment.getOrDefault("WEFT_SPARK_MASTER", LOCAL),
        Map.of(),
        environment,
        AccessToken.generate());
  }

  /** The same on other ports. */
  public PlatformSettings listening(String address, int port) {
    return new PlatformSettings(project, address, port, sparkMaster, spark, environment, token);
  }
}
