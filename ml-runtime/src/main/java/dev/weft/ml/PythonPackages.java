package dev.weft.ml;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Packages that users' code names, each set in a folder of its own under the cache; it goes before
 * the environment's packages, which stay as they are.
 */
final class PythonPackages {

  private static final String MARKER = "weft-ready";
  private static final Object ONE_AT_A_TIME = new Object();

  private final RuntimeSettings settings;
  private final PythonEnvironment environment;

  PythonPackages(RuntimeSettings settings) {
    this.settings = settings;
    environment = PythonEnvironment.runtime(settings);
  }

  /** The folder with the packages; installs them if they are not there. */
  Path folder(List<String> pinned, Consumer<String> progress) {
    String name =
        UUID.nameUUIDFromBytes(String.join(",", pinned).getBytes(StandardCharsets.UTF_8))
            .toString();
    Path folder =
        CacheFolder.in(settings.home(), settings.environment()).resolve("packages-" + name);
    if (!Files.exists(folder.resolve(MARKER))) {
      synchronized (ONE_AT_A_TIME) {
        make(folder, pinned, progress);
      }
    }
    return folder;
  }

  private void make(Path folder, List<String> pinned, Consumer<String> progress) {
    try {
      Files.createDirectories(folder.toAbsolutePath().getParent());
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolveSibling(folder.getFileName() + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (lock.isValid() && !Files.exists(folder.resolve(MARKER))) {
          install(folder, pinned, progress);
        }
      }
    } catch (IOException e) {
      throw new PythonMissing(
          "the packages cannot be installed in '%s': %s".formatted(folder, e.getMessage()));
    }
  }

  private void install(Path folder, List<String> pinned, Consumer<String> progress)
      throws IOException {
    PrivateFolder.deleteTree(folder);
    Path python = environment.python(progress);
    Files.createDirectories(folder);
    Path list = folder.resolve("requirements.txt");
    Path constraints = folder.resolve("constraints.txt");
    Files.write(list, pinned);
    Files.write(constraints, constraints(pinned));
    boolean done = false;
    try {
      new PackageInstaller(python, settings.environment())
          .install(
              list, progress, List.of("--target", folder.toString(), "-c", constraints.toString()));
      Files.createFile(folder.resolve(MARKER));
      done = true;
    } finally {
      if (!done) {
        PrivateFolder.deleteTree(folder);
      }
    }
  }

  /** The environment's versions, so that what both need fits both; not of what the user pins. */
  private List<String> constraints(List<String> pinned) throws IOException {
    List<String> names = pinned.stream().map(PythonPackages::name).toList();
    List<String> kept = new ArrayList<>();
    for (String line : Files.readAllLines(settings.python().resolve("requirements.lock"))) {
      if (line.contains("==") && !line.startsWith("#") && !names.contains(name(line))) {
        kept.add(line.replaceFirst("[\\s;\\\\].*", ""));
      }
    }
    return kept;
  }

  private static String name(String requirement) {
    return requirement
        .replaceFirst("[\\[=].*", "")
        .strip()
        .toLowerCase(Locale.ROOT)
        .replace('_', '-');
  }
}
