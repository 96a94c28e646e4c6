package dev.weft.engine.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something that a model was made from.
 *
 * @param kind {@code table} or {@code file}
 * @param name the table's name, or the file's path
 * @param size bytes
 * @param modified ISO instant, UTC
 * @param sha256 of small files, whose reading costs nothing
 */
public record Fingerprint(
    String kind,
    String name,
    Optional<Long> size,
    Optional<String> modified,
    Optional<String> sha256) {

  private static final long SMALL = 16L << 20;

  /** In a line: the name, and of a file its size, time and hash. */
  public String told() {
    return name
        + size.map(bytes -> ", " + bytes + " bytes").orElse("")
        + modified.map(time -> ", " + time).orElse("")
        + sha256.map(hash -> ", sha256 " + hash).orElse("");
  }

  /** The same of what it is a copy of, whose time is another. */
  public Fingerprint copyOf(String other) {
    return new Fingerprint(kind, other, size, Optional.empty(), sha256);
  }

  /** A table of the catalog. */
  static Fingerprint table(String name) {
    return new Fingerprint("table", name, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The files of a path, a folder's among them; where they cannot be listed, the path alone. */
  static List<Fingerprint> files(String path, int most) {
    if (most <= 0) {
      return List.of();
    }
    try {
      Path place = Inputs.isLocal(path) ? Inputs.local(path) : Path.of("");
      if (Inputs.isLocal(path) && Files.exists(place)) {
        return below(place, most);
      }
    } catch (IOException | UncheckedIOException | InvalidPathException unreadable) {
      // Then its name has to do.
    }
    Optional<Long> unknown = Optional.empty();
    return List.of(new Fingerprint("file", path, unknown, Optional.empty(), Optional.empty()));
  }

  private static List<Fingerprint> below(Path place, int most) throws IOException {
    try (Stream<Path> found = Files.walk(place)) {
      List<Path> files =
          found
              .filter(Files::isRegularFile)
              .filter(Fingerprint::isData)
              .sorted()
              .limit(most)
              .toList();
      List<Fingerprint> prints = new java.util.ArrayList<>();
      for (Path file : files) {
        prints.add(file(file));
      }
      return prints;
    }
  }

  private static boolean isData(Path file) {
    String name = String.valueOf(file.getFileName());
    return !name.startsWith(".") && !name.startsWith("_");
  }

  /** One file. */
  public static Fingerprint file(Path file) throws IOException {
    BasicFileAttributes told = Files.readAttributes(file, BasicFileAttributes.class);
    Optional<String> hash =
        told.size() > SMALL
            ? Optional.empty()
            : Optional.of(Folders.sha256(Files.readAllBytes(file)));
    return new Fingerprint(
        "file",
        file.toString(),
        Optional.of(told.size()),
        Optional.of(told.lastModifiedTime().toInstant().toString()),
        hash);
  }
}
