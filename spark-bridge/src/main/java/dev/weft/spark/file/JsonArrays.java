package dev.weft.spark.file;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells a JSON file that is one array from one with an object per line. */
final class JsonArrays {

  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private JsonArrays() {}

  /** Whether the file, or the first of a folder, begins with a bracket; false where unsure. */
  static boolean isArray(String path) {
    try {
      Optional<Path> file = firstFile(local(path));
      return file.isPresent() && startsWithBracket(file.get());
    } catch (IOException | IllegalArgumentException unreadable) {
      return false;
    }
  }

  private static Path local(String path) {
    return path.startsWith("file:") ? Path.of(URI.create(path)) : Path.of(path);
  }

  private static Optional<Path> firstFile(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return Optional.of(path).filter(Files::isRegularFile);
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().matches("[._].*"))
          .min(Path::compareTo);
    }
  }

  private static boolean startsWithBracket(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      String start = new String(bytes.readNBytes(256), java.nio.charset.StandardCharsets.UTF_8);
      return start
          .codePoints()
          .filter(c -> !Character.isWhitespace(c) && c != BYTE_ORDER_MARK)
          .limit(1)
          .anyMatch(c -> c == '[');
    }
  }
}
