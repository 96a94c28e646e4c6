package dev.weft.ml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The virtual environment that the runtime runs in, made on first need from a list of pinned
 * packages; {@code WEFT_PYTHON_ENV} names a ready one to use instead.
 */
public final class PythonEnvironment {

  private static final String MARKER = "weft-ready";

  // File locks hold between processes only.
  private static final Object ONE_AT_A_TIME = new Object();

  private static final Pattern EXTRA = Pattern.compile("requirements-(.+)\\.txt");

  private final Path lists;
  private final Path requirements;
  private final String prefix;
  private final Path home;
  private final Map<String, String> variables;

  private PythonEnvironment(RuntimeSettings settings, String list, String prefix) {
    lists = settings.python();
    requirements = lists.resolve(list);
    this.prefix = prefix;
    home = settings.home();
    variables = settings.environment();
  }

  /** What Weft needs to train and predict. */
  public static PythonEnvironment runtime(RuntimeSettings settings) {
    return new PythonEnvironment(settings, "requirements.lock", "python-");
  }

  /** The same with what the checks and tests of the repository need. */
  public static PythonEnvironment development(RuntimeSettings settings) {
    return new PythonEnvironment(settings, "requirements-dev.lock", "python-dev-");
  }

  /**
   * The environment's Python; makes the environment if it is not there.
   *
   * @param progress takes a line about what is going on
   */
  public Path python(Consumer<String> progress) {
    String given = variables.getOrDefault("WEFT_PYTHON_ENV", "");
    if (!given.isEmpty()) {
      return checked(Path.of(given));
    }
    Path folder = CacheFolder.in(home, variables).resolve(prefix + CacheFolder.hash(requirements));
    if (!Files.exists(folder.resolve(MARKER))) {
      synchronized (ONE_AT_A_TIME) {
        make(folder, progress);
      }
    }
    return executable(folder);
  }

  /** The folder of the environment, if it has been made or given. */
  public Optional<Path> existing() {
    String given = variables.getOrDefault("WEFT_PYTHON_ENV", "");
    Path folder =
        given.isEmpty()
            ? CacheFolder.in(home, variables).resolve(prefix + CacheFolder.hash(requirements))
            : Path.of(given);
    boolean ready =
        given.isEmpty()
            ? Files.exists(folder.resolve(MARKER))
            : Files.isExecutable(executable(folder));
    return ready ? Optional.of(folder) : Optional.empty();
  }

  /** The names of {@code requirements-<name>.txt} beside the usual list. */
  List<String> extras() {
    try (Stream<Path> files = Files.list(lists)) {
      return files
          .map(file -> EXTRA.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .map(found -> found.group(1))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds the packages of one of the {@link #extras}. */
  void add(String extra, Consumer<String> progress) {
    Path list = lists.resolve("requirements-" + extra + ".txt");
    Path python = python(progress);
    new PackageInstaller(python, variables).install(list, progress);
  }

  private void make(Path folder, Consumer<String> progress) {
    try (FileChannel channel = lockFile(folder);
        FileLock lock = lock(channel, progress)) {
      if (lock.isValid() && !Files.exists(folder.resolve(MARKER))) {
        install(folder, progress);
      }
    } catch (IOException e) {
      throw new PythonMissing(
          "the Python environment cannot be made in '%s': %s".formatted(folder, e.getMessage()));
    }
  }

  private void install(Path folder, Consumer<String> progress) throws IOException {
    // What an interrupted installation left cannot be trusted.
    PrivateFolder.deleteTree(folder);
    BasePython base = BasePython.find(variables);
    progress.accept("making the Python environment (once; a few minutes)");
    boolean done = false;
    try {
      base.makeEnvironment(folder);
      new PackageInstaller(executable(folder), variables).install(requirements, progress);
      Files.createFile(folder.resolve(MARKER));
      done = true;
    } finally {
      if (!done) {
        PrivateFolder.deleteTree(folder);
      }
    }
  }

  private static FileChannel lockFile(Path folder) throws IOException {
    Files.createDirectories(folder.toAbsolutePath().getParent());
    return FileChannel.open(
        folder.resolveSibling(folder.getFileName() + ".lock"),
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE);
  }

  private static FileLock lock(FileChannel channel, Consumer<String> progress) throws IOException {
    FileLock lock = channel.tryLock();
    if (lock != null) {
      return lock;
    }
    progress.accept("waiting for another Weft that makes the Python environment");
    return channel.lock();
  }

  private static Path checked(Path environment) {
    Path python = executable(environment);
    if (!Files.isExecutable(python)) {
      throw new PythonMissing(
          "WEFT_PYTHON_ENV names '%s', which has no bin/python; name a virtual environment or unset it"
              .formatted(environment));
    }
    return python;
  }

  private static Path executable(Path environment) {
    return environment.resolve("bin").resolve("python");
  }
}
