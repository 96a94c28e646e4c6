package dev.weft.repl.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the project that models, endpoints and tables belong to. */
public final class ProjectFolder {

  private ProjectFolder() {}

  /**
   * The given folder, else the nearest one from {@code start} upwards that holds {@code weft.toml}
   * or {@code .weft/}, else {@code start}.
   */
  public static Path find(Optional<Path> given, Path start) {
    if (given.isPresent()) {
      Path folder = given.get().toAbsolutePath().normalize();
      if (!Files.isDirectory(folder)) {
        throw new UsageFailure("there is no folder '" + given.get() + "'; --project names one");
      }
      return folder;
    }
    Path from = start.toAbsolutePath().normalize();
    for (Path folder = from; folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve("weft.toml"))
          || Files.isDirectory(folder.resolve(".weft"))) {
        return folder;
      }
    }
    return from;
  }
}
