package dev.weft.scripts;

import dev.weft.engine.Session;
import dev.weft.server.Platform;
import dev.weft.server.PlatformSettings;
import dev.weft.server.flight.WeftFlightServer;
import dev.weft.server.remote.RemoteSession;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One Spark and one Ray for all files, opened with the first; each file has a project of its own.
 */
final class Stage implements AutoCloseable {

  private final Path project;
  private @Nullable Platform platform;
  private @Nullable WeftFlightServer server;

  Stage(Path project) {
    this.project = project;
  }

  /** A session of its own for a file. */
  Session open(Flavour flavour) {
    return flavour == Flavour.EMBEDDED
        ? platform().newSession()
        : RemoteSession.connect(server().url());
  }

  /** Removes what earlier files left: models, endpoints, tables, and what they wrote. */
  void clear(Path outputs) {
    delete(project.resolve(".weft/models"));
    delete(project.resolve(".weft/endpoints"));
    delete(project.resolve(".weft/catalog"));
    delete(project.resolve(".weft/tables"));
    delete(outputs);
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
    if (platform != null) {
      platform.close();
    }
  }

  private Platform platform() {
    Platform open = platform;
    if (open == null) {
      open = Platform.open(PlatformSettings.of(project));
      platform = open;
    }
    return open;
  }

  private WeftFlightServer server() {
    WeftFlightServer open = server;
    if (open == null) {
      Platform host = platform();
      open =
          WeftFlightServer.start(
              new WeftFlightServer.Settings(
                  PlatformSettings.LOOPBACK,
                  0,
                  host.settings().token(),
                  project,
                  Duration.ofHours(1)),
              host::newSession);
      server = open;
    }
    return open;
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
