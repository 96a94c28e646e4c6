package dev.weft.ml;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs a command to its end, line by line. */
final class Command {

  private static final int KEPT_LINES = 200;

  private Command() {}

  /** Runs it; one that does not exist ends with 127, as in a shell. */
  static Outcome run(List<String> command, Map<String, String> variables, Consumer<String> lines) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(variables);
    builder.environment().remove("PYTHONHOME");
    builder.environment().remove("PYTHONPATH");
    try {
      return follow(builder.start(), lines);
    } catch (IOException e) {
      return new Outcome(127, List.of(String.valueOf(e.getMessage())));
    }
  }

  private static Outcome follow(Process process, Consumer<String> lines) throws IOException {
    // Ended with us: an interrupted installation must not go on by itself.
    Thread ending = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(ending);
    Deque<String> kept = new ArrayDeque<>();
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      process.getOutputStream().close();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.accept(line);
        kept.add(line);
        if (kept.size() > KEPT_LINES) {
          kept.remove();
        }
      }
      return new Outcome(process.waitFor(), List.copyOf(kept));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome(130, List.copyOf(kept));
    } finally {
      process.destroyForcibly();
      removeHook(ending);
    }
  }

  private static void removeHook(Thread ending) {
    try {
      Runtime.getRuntime().removeShutdownHook(ending);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook runs.
    }
  }

  /** How a command ended, and its last lines. */
  record Outcome(int exitCode, List<String> lines) {

    Outcome {
      lines = List.copyOf(lines);
    }

    /** The last line that says something. */
    String lastLine() {
      return lines.stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .reduce("", (before, line) -> line);
    }
  }
}
