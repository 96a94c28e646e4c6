package dev.weft.ml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Installs pinned packages with pip, and says which one it is at. */
record PackageInstaller(Path python, Map<String, String> variables) {

  private static final List<String> UNREACHABLE =
      List.of(
          "NewConnectionError",
          "ConnectTimeoutError",
          "Connection refused",
          "ProxyError",
          "Name or service not known",
          "Temporary failure in name resolution",
          "Network is unreachable",
          "Read timed out",
          "SSLError",
          "from versions: none");

  /** Installs a list; the words of pip's complaint become an error. */
  void install(Path list, Consumer<String> progress) {
    install(list, progress, List.of());
  }

  /** The same with more options for pip. */
  void install(Path list, Consumer<String> progress, List<String> more) {
    int total = count(list);
    AtomicInteger started = new AtomicInteger();
    Command.Outcome outcome =
        Command.run(command(list, more), variables, line -> tell(line, started, total, progress));
    if (outcome.exitCode() != 0) {
      throw new PythonMissing(complaint(outcome));
    }
  }

  private List<String> command(Path list, List<String> more) {
    Stream<String> usual =
        Stream.of(
            python.toString(),
            "-m",
            "pip",
            "install",
            "--no-input",
            "--no-color",
            "--disable-pip-version-check",
            "--progress-bar",
            "off",
            "-r",
            list.toString());
    boolean offline = !variables.getOrDefault("WEFT_OFFLINE", "").isEmpty();
    return Stream.concat(
            Stream.concat(usual, more.stream()), offline ? Stream.of("--no-index") : Stream.of())
        .toList();
  }

  private static void tell(
      String line, AtomicInteger started, int total, Consumer<String> progress) {
    if (line.startsWith("Collecting ")) {
      String what = line.substring("Collecting ".length()).replaceFirst(" .*", "");
      int number = started.incrementAndGet();
      // An extra's list names few of the packages that it brings.
      String of = number <= total ? " of " + total : "";
      progress.accept("fetching Python package %d%s: %s".formatted(number, of, what));
    } else if (line.startsWith("Installing collected packages")) {
      progress.accept("installing %d Python packages".formatted(Math.max(total, started.get())));
    }
  }

  private static String complaint(Command.Outcome outcome) {
    boolean unreachable =
        outcome.lines().stream().anyMatch(line -> UNREACHABLE.stream().anyMatch(line::contains));
    String said =
        outcome.lines().stream()
            .filter(line -> line.startsWith("ERROR:"))
            .findFirst()
            .map(line -> line.substring("ERROR:".length()).strip())
            .orElse(outcome.lastLine());
    return unreachable
        ? "the Python packages cannot be fetched, since the package index is not reachable (%s); check"
                .formatted(said)
            + " the network, or set PIP_INDEX_URL to a mirror, PIP_PROXY to a proxy or"
            + " WEFT_PYTHON_ENV to a ready environment"
        : "the Python packages cannot be installed: " + said;
  }

  private static int count(Path list) {
    try {
      return (int) Files.readAllLines(list).stream().filter(line -> line.contains("==")).count();
    } catch (IOException e) {
      return 0;
    }
  }
}
