package dev.weft.repl.doctor;

import dev.weft.ml.PythonEnvironment;
import dev.weft.ml.PythonMissing;
import dev.weft.ml.RuntimeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks for the Python that model statements run in. */
final class PythonCheck {

  private static final String NOT_MADE =
      "not installed yet; the first TRAIN on Ray does it, or weft deps now (a few minutes)";

  private static final int MILLIS_TO_CONNECT = 2000;

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
    findings.add(environment(env));
    findings.add(ray(RuntimeSettings.of(Path.of(""), env).rayAddress()));
    return findings;
  }

  private static Finding environment(Map<String, String> env) {
    try {
      RuntimeSettings settings = RuntimeSettings.of(Path.of(""), env);
      return PythonEnvironment.runtime(settings)
          .existing()
          .map(folder -> Finding.ok("Packages", "Ray and the libraries are in " + folder))
          .orElseGet(() -> Finding.warn("Packages", NOT_MADE));
    } catch (PythonMissing e) {
      return Finding.missing("Packages", String.valueOf(e.getMessage()));
    }
  }

  /** Which Ray statements use; joining it would start a process. */
  static Finding ray(String address) {
    if (address.isEmpty()) {
      return Finding.ok("Ray", "one of Weft's own, started on first need; none is named");
    }
    return listens(address)
        ? Finding.ok("Ray", "the one at " + address + ", which WEFT_RAY_ADDRESS names")
        : Finding.missing(
            "Ray",
            "nothing listens at '%s', which WEFT_RAY_ADDRESS names; start it or unset that"
                .formatted(address));
  }

  private static boolean listens(String address) {
    int colon = Math.max(address.lastIndexOf(':'), 0);
    try {
      int port = Integer.parseInt(address.substring(colon + 1));
      for (InetAddress host : InetAddress.getAllByName(address.substring(0, colon))) {
        if (listens(new InetSocketAddress(host, port))) {
          return true;
        }
      }
      return false;
    } catch (UnknownHostException | IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean listens(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, MILLIS_TO_CONNECT);
      return true;
    } catch (IOException e) {
      return false;
    }
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
