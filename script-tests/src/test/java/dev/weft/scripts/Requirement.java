package dev.weft.scripts;

import dev.weft.ml.PythonEnvironment;
import dev.weft.ml.RuntimeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What a file cannot run without, and whether this run has it. */
final class Requirement {

  private final boolean quick;
  private final RuntimeSettings settings;

  /**
   * Looks at a run.
   *
   * @param quick whether it makes no Python environment, which takes minutes
   */
  Requirement(boolean quick, RuntimeSettings settings) {
    this.quick = quick;
    this.settings = settings;
  }

  /** What Maven was asked for. */
  static Requirement ofThisRun(Path project) {
    String quick = System.getProperty("scripts.quick", "");
    boolean asked = !quick.isEmpty() && !quick.startsWith("$") && !quick.equals("false");
    return new Requirement(asked, RuntimeSettings.of(project, System.getenv()));
  }

  /** Why a file is left out, if it is. */
  Optional<String> missing(TestFile file) {
    String needed = file.requires().orElse("");
    if (needed.isEmpty()) {
      return Optional.empty();
    }
    Optional<Path> python = PythonEnvironment.runtime(settings).existing();
    return switch (needed) {
      case "ray" ->
          quick && python.isEmpty()
              ? Optional.of("needs Ray, and no Python environment is made yet: run ./weft deps")
              : Optional.empty();
      case "full" ->
          Boolean.getBoolean("weft.full")
              ? Optional.empty()
              : Optional.of("takes more memory or time than every run should: run with -Pfull");
      case "torch" ->
          python.filter(Requirement::hasTorch).isEmpty()
              ? Optional.of("needs PyTorch, which is not installed: run ./weft deps torch")
              : Optional.empty();
      default ->
          throw new IllegalStateException(
              "'-- requires: " + needed + "' is not known; there is: ray, full, torch");
    };
  }

  private static boolean hasTorch(Path python) {
    try (Stream<Path> found = Files.list(python.resolve("lib"))) {
      return found.anyMatch(lib -> Files.exists(lib.resolve("site-packages/torch")));
    } catch (IOException unreadable) {
      return false;
    }
  }
}
