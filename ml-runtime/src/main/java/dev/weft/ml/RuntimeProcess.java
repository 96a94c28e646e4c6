package dev.weft.ml;

import dev.weft.ml.wire.Endpoint;
import dev.weft.ml.wire.Ready;
import dev.weft.ml.wire.Start;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The Python service: one process, told to end by the end of its standard input, so that it also
 * ends when this JVM is killed.
 */
final class RuntimeProcess implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final long SECONDS_TO_END = 10;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Process process;
  private final PrivateFolder folder;
  private final RuntimeLog log;
  private final Control control;

  private RuntimeProcess(Process process, PrivateFolder folder, RuntimeLog log, Control control) {
    this.process = process;
    this.folder = folder;
    this.log = log;
    this.control = control;
  }

  /** Starts the service and waits until it listens; Ray goes on starting behind it. */
  static RuntimeProcess start(RuntimeSettings settings, Path python) {
    if (settings.objectStoreBytes() < 0) {
      throw new RuntimeFailure(
          "cannot use WEFT_OBJECT_STORE '%s'; it is a size such as 500m or 2g"
              .formatted(settings.environment().get("WEFT_OBJECT_STORE")));
    }
    RuntimeLog log = RuntimeLog.in(settings.logs());
    PrivateFolder folder = PrivateFolder.create();
    Process process = launch(settings, python, log);
    try {
      String token = token();
      greet(process, settings, folder, token);
      Ready ready = ready(process, settings, log);
      Endpoint endpoint =
          Endpoint.newBuilder().setHost(HOST).setPort(ready.getPort()).setToken(token).build();
      return new RuntimeProcess(process, folder, log, new Control(endpoint));
    } catch (RuntimeException e) {
      process.destroyForcibly();
      folder.delete();
      throw e;
    }
  }

  Control control() {
    return control;
  }

  boolean alive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** What the service wrote last, for an error. */
  String lastWords() {
    return log.lastLines();
  }

  Path log() {
    return log.file();
  }

  /** Ends the service and everything it started. */
  @Override
  public void close() {
    List<ProcessHandle> started = process.descendants().toList();
    control.close();
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It has ended already.
    }
    if (!ended(process)) {
      process.destroyForcibly();
    }
    // Ray's processes end with the service; this is for those that hang.
    started.forEach(RuntimeProcess::endSoon);
    folder.delete();
  }

  private static boolean ended(Process process) {
    try {
      return process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void endSoon(ProcessHandle handle) {
    try {
      handle.onExit().get(1, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      handle.destroyForcibly();
    } catch (InterruptedException e) {
      handle.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static Process launch(RuntimeSettings settings, Path python, RuntimeLog log) {
    ProcessBuilder builder =
        new ProcessBuilder(python.toString(), "-m", "weft_ml.service")
            .redirectError(ProcessBuilder.Redirect.appendTo(log.file().toFile()));
    Map<String, String> environment = builder.environment();
    environment.put("PYTHONPATH", settings.modulePath());
    environment.put("PYTHONUNBUFFERED", "1");
    environment.put("PYTHONSAFEPATH", "1");
    environment.remove("PYTHONHOME");
    try {
      return builder.start();
    } catch (IOException e) {
      throw new RuntimeFailure("could not start '" + python + "': " + e.getMessage());
    }
  }

  private static void greet(
      Process process, RuntimeSettings settings, PrivateFolder folder, String token) {
    Start start =
        Start.newBuilder()
            .setProtocol(Control.PROTOCOL)
            .setToken(token)
            .setFolder(folder.path().toString())
            .setObjectStoreBytes(settings.objectStoreBytes())
            .setRayAddress(settings.rayAddress())
            .setRayTokenFile(settings.environment().getOrDefault("WEFT_RAY_TOKEN_FILE", ""))
            .build();
    String line = Base64.getEncoder().encodeToString(start.toByteArray()) + "\n";
    try {
      process.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
      process.getOutputStream().flush();
    } catch (IOException e) {
      // It has ended; what it wrote to its log says why, and reading its answer finds that.
    }
  }

  private static Ready ready(Process process, RuntimeSettings settings, RuntimeLog log) {
    CompletableFuture<@Nullable String> line =
        CompletableFuture.supplyAsync(() -> readLine(process));
    long seconds = settings.startLimit().toSeconds();
    try {
      String said = line.get(seconds, TimeUnit.SECONDS);
      if (said == null || !said.startsWith("ready ")) {
        throw new RuntimeFailure("ended while it started" + log.lastLines());
      }
      return Ready.parseFrom(Base64.getDecoder().decode(said.substring("ready ".length())));
    } catch (TimeoutException e) {
      throw new RuntimeFailure("did not start within " + seconds + " s" + log.lastLines());
    } catch (ExecutionException | IOException | IllegalArgumentException e) {
      throw new RuntimeFailure("did not say where it listens" + log.lastLines());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RuntimeFailure("was interrupted while it started");
    }
  }

  private static @Nullable String readLine(Process process) {
    try {
      BufferedReader reader = process.inputReader(StandardCharsets.US_ASCII);
      return reader.readLine();
    } catch (IOException e) {
      return null;
    }
  }

  private static String token() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
