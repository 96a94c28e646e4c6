package dev.weft.repl.cli;

import dev.weft.server.ServerSettings;
import dev.weft.server.WeftServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weft server}: the endpoint in the foreground. */
@Command(
    name = "server",
    description = "Serves Flight SQL and HTTP in the foreground; prints ready when it is.",
    sortOptions = false,
    usageHelpAutoWidth = true)
final class ServerCommand implements Callable<Integer> {

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "address to listen on (default: ${DEFAULT-VALUE})")
  String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Flight SQL port, 0 for any free one (default: ${DEFAULT-VALUE})")
  int port;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "HTTP port, 0 for any free one (default: ${DEFAULT-VALUE})")
  int httpPort;

  @Mixin ProjectOption project = new ProjectOption();

  @Mixin CommonOptions common = new CommonOptions();

  private final Console console;

  ServerCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    checkPort("--port", port);
    checkPort("--http-port", httpPort);
    Path folder = project.of(ScriptFile.workingFolder());
    Interrupts interrupts = Interrupts.install();
    ServerSettings settings = new ServerSettings(folder, host, port, httpPort);
    try (WeftServer server = WeftServer.start(settings, console.err()::println)) {
      interrupts.onFirst(() -> {});
      for (String line : server.readyLines()) {
        console.out().append(line).append('\n');
      }
      console.flush();
      interrupts.await();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      return interrupts.exitCode().orElseGet(() -> report(e));
    }
    return interrupts.exitCode().orElse(0);
  }

  private int report(RuntimeException failure) {
    return new ErrorReport(console.err(), common.debug).print(failure);
  }

  private static void checkPort(String option, int value) {
    if (value < 0 || value > 65_535) {
      throw new UsageFailure(option + " takes 0 to 65535, not " + value);
    }
  }
}
