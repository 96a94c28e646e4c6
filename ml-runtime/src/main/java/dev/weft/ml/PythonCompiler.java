package dev.weft.ml;

import dev.weft.planner.spi.PythonSyntax;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Asks Python whether it can read a code. Only where the environment is there already: a check must
 * not install anything.
 */
final class PythonCompiler implements PythonSyntax {

  /** Says line and message of what is wrong with the text on its input. */
  private static final String PROGRAM =
      """
      import sys
      try:
          compile(sys.stdin.buffer.read().decode(), "code", "exec")
      except SyntaxError as e:
          sys.stdout.buffer.write(f"{e.lineno or 1} {e.msg}".encode())
      except ValueError as e:
          sys.stdout.buffer.write(f"1 {e}".encode())
      """;

  private static final long SECONDS = 10;

  private final PythonEnvironment environment;
  private final Map<String, Optional<Problem>> known = new ConcurrentHashMap<>();

  PythonCompiler(RuntimeSettings settings) {
    environment = PythonEnvironment.runtime(settings);
  }

  @Override
  public Optional<Problem> check(String text, int line) {
    Optional<Path> folder = environment.existing();
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    Path python = folder.get().resolve("bin").resolve("python");
    return known
        .computeIfAbsent(text, code -> asked(python, code))
        .map(found -> new Problem(found.line() + line - 1, found.message()));
  }

  private static Optional<Problem> asked(Path python, String text) {
    try {
      Process process =
          new ProcessBuilder(List.of(python.toString(), "-I", "-S", "-W", "ignore", "-c", PROGRAM))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (var input = process.getOutputStream()) {
        input.write(text.getBytes(StandardCharsets.UTF_8));
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      int blank = said.indexOf(' ');
      return blank < 0
          ? Optional.empty()
          : Optional.of(
              new Problem(Integer.parseInt(said.substring(0, blank)), said.substring(blank + 1)));
    } catch (IOException e) {
      // No answer: what is wrong shows when the code is first used.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
