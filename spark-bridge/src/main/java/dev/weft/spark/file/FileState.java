package dev.weft.spark.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What tells whether local files are still those that were looked into before. */
public record FileState(List<Seen> files, boolean settled) {

  /** More files than these cost as much to compare as to look into. */
  private static final int MOST = 1000;

  /** A file this young may change again without a change of its time. */
  private static final long YOUNG_MILLIS = 100;

  private static final Pattern HIDDEN = Pattern.compile("/[_.]");

  /** Whether nothing has changed between the two. */
  boolean isSame(FileState other) {
    return files.equals(other.files);
  }

  /** The state of a file or folder; empty where it cannot be told, as for patterns. */
  public static Optional<FileState> of(String path) {
    try {
      Path start = Path.of(path);
      if (path.contains(":") || !Files.exists(start)) {
        return Optional.empty();
      }
      List<Seen> seen = new ArrayList<>();
      try (Stream<Path> all = Files.walk(start)) {
        for (Path file : all.sorted().limit(MOST + 1L).toList()) {
          seen.add(Seen.of(file));
        }
      }
      long young = System.currentTimeMillis() - YOUNG_MILLIS;
      boolean settled = seen.stream().noneMatch(file -> file.changed / 1_000_000 > young);
      return seen.size() <= MOST ? Optional.of(new FileState(seen, settled)) : Optional.empty();
    } catch (IOException | InvalidPathException | java.io.UncheckedIOException unreadable) {
      return Optional.empty();
    }
  }

  /** Copies the list. */
  public FileState {
    files = List.copyOf(files);
  }

  /** The files that Spark reads: none whose name, or a folder's, begins with _ or a dot. */
  public List<Seen> dataFiles() {
    String start = files.isEmpty() ? "" : files.get(0).path;
    return files.stream()
        .filter(file -> !file.folder && !HIDDEN.matcher(below(start, file.path)).find())
        .toList();
  }

  private static String below(String start, String path) {
    return path.equals(start) ? "" : path.substring(start.length());
  }

  /** One file or folder, its time in nanoseconds. */
  public record Seen(String path, boolean folder, long bytes, long changed) {
    static Seen of(Path file) throws IOException {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      long changed = is.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS);
      return new Seen(file.toString(), is.isDirectory(), is.size(), changed);
    }
  }
}
