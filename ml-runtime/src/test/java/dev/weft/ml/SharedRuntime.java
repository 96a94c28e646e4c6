package dev.weft.ml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One runtime for all test classes that leave it running, since a start takes seconds. */
final class SharedRuntime {

  private static final RayBackend BACKEND = start();

  private SharedRuntime() {}

  /** The running backend; it ends with this JVM. */
  static RayBackend backend() {
    return BACKEND;
  }

  private static RayBackend start() {
    try {
      Path project = Files.createTempDirectory("weft-test-");
      RayBackend backend = new RayBackend(Fixtures.settings(project));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(backend, project)));
      return backend;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void end(RayBackend backend, Path project) {
    backend.close();
    PrivateFolder.deleteTree(project);
  }
}
