package dev.weft.repl.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks for the Python that model statements run in. */
final class PythonCheck {

  private PythonCheck() {}

  static List<Finding> findings() {
    Map<String, String> env = System.getenv();
    List<Finding> findings = new ArrayList<>();
    String python = env.getOrDefault("WEFT_PYTHON", "python3");
    findings.add(
        Tool.firstLine(
                python,
                "-c",
                "import sys; print('%d.%d.%d %s' % (*sys.version_info[:3], sys.executable))")
            .map(PythonCheck::judge)
            .orElseGet(() -> Finding.missing("Python", absent(python))));
    return findings;
  }

  private static String absent(String python) {
    return "'"
        + python
        + "' does not run; TRAIN and PREDICT on Ray need Python 3.11 or newer, set WEFT_PYTHON to one";
  }

  private static Finding judge(String line) {
    String[] version = line.split("[. ]");
    Optional<Integer> minor =
        version.length > 1 && version[0].equals("3")
            ? Optional.of(Integer.parseInt(version[1]))
            : Optional.empty();
    return minor.filter(m -> m >= 11).isPresent()
        ? Finding.ok("Python", line)
        : Finding.missing("Python", line + " is too old; set WEFT_PYTHON to 3.11 or newer");
  }
}
