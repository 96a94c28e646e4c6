package dev.weft.ml;

import dev.weft.planner.AlgorithmDeclaration;
import dev.weft.planner.AlgorithmDeclaration.OptionDeclaration;
import dev.weft.planner.AlgorithmDeclarations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The algorithms of Python packages that a user has installed: entry points of the group {@code
 * weft.algorithms}, each with its declaration as JSON beside its module. Reading them starts no
 * Python.
 */
final class InstalledAlgorithms {

  private static final String GROUP = "[weft.algorithms]";
  private static final Pattern ENTRY =
      Pattern.compile("\\s*([^=\\s]+)\\s*=\\s*([\\w.]+)\\s*:\\s*([\\w.]+).*");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  private final RuntimeSettings settings;
  private final List<OptionDeclaration> common;

  InstalledAlgorithms(RuntimeSettings settings, List<OptionDeclaration> common) {
    this.settings = settings;
    this.common = common;
  }

  /** All of them, one whose declaration is wrong with what is wrong with it. */
  List<AlgorithmDeclaration> read() {
    List<AlgorithmDeclaration> found = new ArrayList<>();
    for (Path root : roots()) {
      for (Path info : list(root, ".dist-info")) {
        entries(info.resolve("entry_points.txt")).forEach(entry -> found.add(declared(entry)));
      }
    }
    return found;
  }

  /** Folders that Python imports from; a package in development adds its own by a .pth file. */
  private List<Path> roots() {
    List<Path> roots = new ArrayList<>(settings.packages());
    Optional<Path> environment = PythonEnvironment.runtime(settings).existing();
    if (environment.isPresent()) {
      for (Path python : list(environment.get().resolve("lib"), "")) {
        Path site = python.resolve("site-packages");
        roots.add(site);
        list(site, ".pth").forEach(file -> lines(file).map(Path::of).forEach(roots::add));
      }
    }
    return roots.stream().distinct().filter(Files::isDirectory).toList();
  }

  private List<Entry> entries(Path file) {
    List<Entry> entries = new ArrayList<>();
    boolean inGroup = false;
    for (String line : lines(file).toList()) {
      inGroup = line.startsWith("[") ? line.strip().equals(GROUP) : inGroup;
      Matcher entry = ENTRY.matcher(line);
      if (inGroup && entry.matches()) {
        entries.add(new Entry(entry.group(1), entry.group(2), file));
      }
    }
    return entries;
  }

  /** A line of {@code entry_points.txt}. */
  private record Entry(String name, String module, Path file) {}

  private AlgorithmDeclaration declared(Entry entry) {
    String beside = entry.module().replace('.', '/') + ".json";
    Optional<Path> file =
        roots().stream().map(root -> root.resolve(beside)).filter(Files::isRegularFile).findFirst();
    if (file.isEmpty()) {
      return broken(entry, "no file '" + beside + "' beside its module declares it");
    }
    try {
      AlgorithmDeclaration declared =
          AlgorithmDeclarations.read(Files.newInputStream(file.get()), common);
      return problem(entry, declared)
          .map(why -> broken(entry, "'" + file.get() + "' " + why))
          .orElse(declared);
    } catch (IOException | RuntimeException unreadable) {
      String why = String.valueOf(unreadable.getMessage()).lines().findFirst().orElse("");
      return broken(entry, "'" + file.get() + "' is no declaration: " + why);
    }
  }

  private static Optional<String> problem(Entry entry, AlgorithmDeclaration declared) {
    if (!declared.name().equals(entry.name())) {
      return Optional.of(
          "declares '" + declared.name() + "', and the entry point is '" + entry.name() + "'");
    }
    if (!NAME.matcher(declared.name()).matches()) {
      return Optional.of("has a name that is not lower case with underscores");
    }
    if (!declared.where().equals("ray")) {
      return Optional.of("says where '" + declared.where() + "'; write \"where\": \"ray\"");
    }
    return declared.tasks().isEmpty()
        ? Optional.of("names no task; write \"tasks\": [\"classification\"], or regression")
        : Optional.empty();
  }

  private static AlgorithmDeclaration broken(Entry entry, String why) {
    return AlgorithmDeclaration.broken(entry.name(), why + " (from '" + entry.file() + "')");
  }

  private static List<Path> list(Path folder, String suffix) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException none) {
      return List.of();
    }
  }

  /** Comments and imports of a .pth file are no folders. */
  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith("import"));
    } catch (IOException none) {
      return Stream.of();
    }
  }
}
