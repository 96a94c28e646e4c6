package dev.weft.ml;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the runtime finds its parts and how much it may take.
 *
 * @param home the checkout or installation that holds {@code ml-runtime}
 * @param logs the folder for the runtime's log
 * @param environment the process environment
 * @param objectStoreBytes Ray's object store; 0 for what the machine has room for, less than 0 when
 *     what the user has set is no size
 * @param startLimit how long starting may take
 * @param batchLimit how long one batch may take
 */
public record RuntimeSettings(
    Path home,
    Path logs,
    Map<String, String> environment,
    long objectStoreBytes,
    Duration startLimit,
    Duration batchLimit) {

  /** What {@code WEFT_OBJECT_STORE} may be: a number of bytes, or of mega- or gigabytes. */
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})([mMgG]?)");

  /** Copies the map. */
  public RuntimeSettings {
    environment = Map.copyOf(environment);
  }

  /** The defaults for a project; {@code WEFT_HOME}, else the nearest checkout above, is home. */
  public static RuntimeSettings of(Path project, Map<String, String> environment) {
    return new RuntimeSettings(
        home(environment),
        project.resolve(".weft").resolve("log"),
        environment,
        size(environment.getOrDefault("WEFT_OBJECT_STORE", "").strip()),
        Duration.ofMinutes(2),
        Duration.ofMinutes(2));
  }

  private static long size(String given) {
    if (given.isEmpty()) {
      return 0;
    }
    Matcher parts = SIZE.matcher(given);
    if (!parts.matches()) {
      return -1;
    }
    long unit =
        1L << (parts.group(2).isEmpty() ? 0 : parts.group(2).equalsIgnoreCase("m") ? 20 : 30);
    return Long.parseLong(parts.group(1)) * unit;
  }

  /** The folder of the Python package and its lists of requirements. */
  public Path python() {
    return home.resolve("ml-runtime").resolve("python");
  }

  /** {@code host:port} of the Ray that {@code WEFT_RAY_ADDRESS} names; empty for one of our own. */
  public String rayAddress() {
    return environment.getOrDefault("WEFT_RAY_ADDRESS", "").strip();
  }

  /** What Python's module path has to be. */
  public String modulePath() {
    Path messages = home.resolve("ml-runtime").resolve("target").resolve("generated-python");
    return Stream.concat(Stream.of(python(), messages), packages().stream())
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Folders of Python packages to use beside the environment's: {@code WEFT_PYTHON_PATH}. */
  List<Path> packages() {
    String given = environment.getOrDefault("WEFT_PYTHON_PATH", "");
    return Stream.of(given.split(File.pathSeparator))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder).toAbsolutePath())
        .toList();
  }

  private static Path home(Map<String, String> environment) {
    String given = environment.getOrDefault("WEFT_HOME", "");
    if (!given.isEmpty()) {
      return Path.of(given).toAbsolutePath().normalize();
    }
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("ml-runtime/python/weft_ml"))) {
        return folder;
      }
    }
    return start;
  }
}
