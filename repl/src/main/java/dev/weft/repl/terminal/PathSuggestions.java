package dev.weft.repl.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jline.reader.Candidate;

/** Files and folders for a path that is being typed inside quotes. */
final class PathSuggestions {

  private static final int MOST = 200;

  private PathSuggestions() {}

  static List<Candidate> of(Path folder, String typed, char quote) {
    String parent = typed.substring(0, typed.lastIndexOf('/') + 1);
    boolean hidden = typed.startsWith(".", parent.length());
    try (Stream<Path> files = Files.list(folder.resolve(parent))) {
      return files
          .filter(file -> hidden || !String.valueOf(file.getFileName()).startsWith("."))
          .sorted()
          .limit(MOST)
          .map(file -> candidate(parent, file, quote))
          .toList();
    } catch (IOException | InvalidPathException e) {
      return List.of();
    }
  }

  private static Candidate candidate(String parent, Path file, char quote) {
    String name = String.valueOf(file.getFileName());
    boolean folder = Files.isDirectory(file);
    String value = parent + name + (folder ? "/" : quote);
    return new Candidate(value, folder ? name + "/" : name, "files", null, null, null, false);
  }
}
