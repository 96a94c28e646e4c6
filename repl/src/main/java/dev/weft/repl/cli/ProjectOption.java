package dev.weft.repl.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --project}, and which folder that means. */
final class ProjectOption {

  @Option(
      names = "--project",
      paramLabel = "DIR",
      description =
          "the folder whose .weft/ holds models and endpoints (default: the nearest one upwards with"
              + " weft.toml or .weft/, else the script's or the working folder)")
  @Nullable Path given;

  /** The project of what lies in a folder. */
  Path of(Path folder) {
    return ProjectFolder.find(Optional.ofNullable(given), folder);
  }
}
