package dev.weft.server;

import dev.weft.engine.Engine;
import dev.weft.engine.EngineParts;
import dev.weft.engine.Session;
import dev.weft.engine.model.ModelStore;
import dev.weft.engine.model.StoredPredictors;
import dev.weft.engine.spi.EndpointServer;
import dev.weft.ml.RayBackend;
import dev.weft.ml.RuntimeSettings;
import dev.weft.server.http.EndpointHttpServer;
import dev.weft.spark.SparkBackend;
import dev.weft.spark.SparkSettings;
import dev.weft.spark.TableLibraries;
import dev.weft.spark.file.HadoopFiles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The only place where all parts meet. Spark starts in the background at once; Python, Ray and HTTP
 * start with the first statement that needs them.
 */
public final class Platform implements AutoCloseable {

  private final PlatformSettings settings;
  private final Closing closing = new Closing();
  private final Engine engine;
  private @Nullable EndpointHttpServer endpoints;
  private boolean closed;

  private Platform(PlatformSettings settings) {
    this.settings = settings;
    ModelStore store = models(settings);
    StoredPredictors predictors = new StoredPredictors(store);
    RayBackend ray =
        closing.add(
            "ray", new RayBackend(RuntimeSettings.of(settings.project(), settings.environment())));
    SparkBackend spark = closing.add("spark", SparkBackend.open(spark(settings), predictors));
    predictors.use(ray.python());
    predictors.use(List.of(ray, closing.add("mllib", spark.mllib())));
    this.engine =
        new Engine(
            new EngineParts(
                spark::newSession, predictors, this::endpoints, store, settings.project()));
  }

  /** Opens the parts; what was opened is closed again when a later one fails. */
  public static Platform open(PlatformSettings settings) {
    return new Platform(settings);
  }

  /** A new conversation, with no names of its own yet. */
  public Session newSession() {
    return engine.newSession();
  }

  /** The HTTP endpoints, which start listening with the first call. */
  public synchronized EndpointServer endpoints() {
    return http();
  }

  /** {@code http://host:port} of the endpoints, which start listening with the first call. */
  public synchronized String httpUrl() {
    return http().url();
  }

  /**
   * Serves what SERVE registered in this project, in the background: a request that comes sooner
   * waits.
   *
   * @param failed hears one sentence per endpoint that cannot be served
   */
  public synchronized void restoreEndpoints(Consumer<String> failed) {
    http().restore(() -> engine.restoreEndpoints(failed));
  }

  /** What the platform was opened with. */
  public PlatformSettings settings() {
    return settings;
  }

  /** Closes everything, the last opened first, also when some of it fails to. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    closing.close();
  }

  private EndpointHttpServer http() {
    if (closed) {
      throw new IllegalStateException("the platform is closed");
    }
    EndpointHttpServer open = endpoints;
    if (open == null) {
      open =
          closing.add(
              "http",
              EndpointHttpServer.start(settings.host(), settings.httpPort(), settings.token()));
      endpoints = open;
    }
    return open;
  }

  private static ModelStore models(PlatformSettings settings) {
    AtomicReference<@Nullable HadoopFiles> opened = new AtomicReference<>();
    return new ModelStore(
        settings.project().resolve(".weft"),
        settings.environment().getOrDefault("WEFT_MODELS", ""),
        () ->
            Objects.requireNonNull(
                opened.updateAndGet(
                    files -> files == null ? HadoopFiles.of(settings.spark()) : files)));
  }

  private static SparkSettings spark(PlatformSettings settings) {
    String jars = settings.environment().getOrDefault("WEFT_JARS", "");
    Map<String, String> spark = new HashMap<>(TableLibraries.settings(jars, settings.project()));
    spark.putAll(settings.spark());
    return new SparkSettings(settings.sparkMaster(), settings.project(), spark);
  }
}
