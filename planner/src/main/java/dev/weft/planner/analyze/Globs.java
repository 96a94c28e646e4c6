package dev.weft.planner.analyze;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Patterns in paths, looked up as Spark does: part by part, through links. */
final class Globs {

  private Globs() {}

  static boolean isGlob(String path) {
    return path.chars().anyMatch(c -> c == '*' || c == '?' || c == '{' || c == '[');
  }

  /** Whether an absolute path with patterns finds anything. */
  static boolean matches(String path) throws IOException {
    return path.matches(".*\\{[^}]*/.*")
        || matches(Path.of("/"), List.of(path.substring(1).split("/")));
  }

  private static boolean matches(Path folder, List<String> parts) throws IOException {
    if (parts.isEmpty()) {
      return Files.exists(folder);
    }
    List<String> rest = parts.subList(1, parts.size());
    if (!isGlob(parts.get(0))) {
      return matches(folder.resolve(parts.get(0)), rest);
    }
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, parts.get(0))) {
      for (Path path : found) {
        if (matches(path, rest)) {
          return true;
        }
      }
    }
    return false;
  }
}
