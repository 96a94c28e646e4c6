package dev.weft.ml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Python that environments are made from: {@code WEFT_PYTHON}, else the first on the path that
 * is new enough.
 */
record BasePython(String command, Map<String, String> variables) {

  private static final int OLDEST_MINOR = 11;
  private static final List<String> NAMES =
      List.of("python3", "python3.14", "python3.13", "python3.12", "python3.11", "python");
  private static final Pattern VERSION = Pattern.compile("Python (\\d+)\\.(\\d+)\\.?(\\S*)");

  /** Finds it, or says what there is instead. */
  static BasePython find(Map<String, String> variables) {
    String given = variables.getOrDefault("WEFT_PYTHON", "");
    List<String> found = new ArrayList<>();
    for (String name : given.isEmpty() ? NAMES : List.of(given)) {
      Optional<String> version = version(name, variables);
      if (version.isPresent() && newEnough(version.get())) {
        return new BasePython(name, variables);
      }
      version.ifPresent(text -> found.add("'%s' is %s".formatted(name, text)));
    }
    throw new PythonMissing(missing(given, found));
  }

  /** Makes a virtual environment with pip in it. */
  void makeEnvironment(Path folder) {
    Command.Outcome outcome =
        Command.run(List.of(command, "-m", "venv", folder.toString()), variables, line -> {});
    if (outcome.exitCode() != 0) {
      throw new PythonMissing(
          ("'%s -m venv' failed: %s; on Debian and Ubuntu it takes the package python3-venv, or set"
                  + " WEFT_PYTHON to another Python")
              .formatted(command, outcome.lastLine()));
    }
  }

  private static Optional<String> version(String name, Map<String, String> variables) {
    Command.Outcome outcome = Command.run(List.of(name, "--version"), variables, line -> {});
    String text = outcome.lastLine();
    return outcome.exitCode() == 0 && VERSION.matcher(text).matches()
        ? Optional.of(text)
        : Optional.empty();
  }

  private static boolean newEnough(String version) {
    Matcher matcher = VERSION.matcher(version);
    return matcher.matches()
        && Integer.parseInt(matcher.group(1)) == 3
        && Integer.parseInt(matcher.group(2)) >= OLDEST_MINOR;
  }

  private static String missing(String given, List<String> found) {
    String what =
        found.isEmpty()
            ? given.isEmpty() ? "none was found" : "WEFT_PYTHON '" + given + "' is none"
            : "only older ones were found: " + String.join(", ", found);
    return "this statement needs Python 3.11 or newer, and %s; install one, or set WEFT_PYTHON to it"
        .formatted(what);
  }
}
