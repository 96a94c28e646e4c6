package dev.weft.spark.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of one kind, one a thing. A file is read again when it is another one than last time;
 * it is replaced by a rename, so that nobody sees half of one. Writers hold the catalog's lock.
 */
final class Stored<T> {

  /** Files of a later format may say what this version would lose. */
  static final int FORMAT = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final String kind;
  private final Codec<T> codec;
  private final Consumer<Named> changed;
  private final ConcurrentMap<Named, Kept<T>> kept = new ConcurrentHashMap<>();

  /** {@code changed} hears of everything that was read before and is another now. */
  Stored(Path folder, String kind, Codec<T> codec, Consumer<Named> changed) {
    this.folder = folder;
    this.kind = kind;
    this.codec = codec;
    this.changed = changed;
  }

  Optional<T> read(Named name) {
    Path file = file(name);
    Stamp stamp = stamp(file);
    Kept<T> before = kept.get(name);
    if (before != null && before.stamp.equals(stamp)) {
      return Optional.of(before.value);
    }
    if (stamp == null) {
      forget(name);
      return Optional.empty();
    }
    T value;
    try {
      value = parsed(name, file);
    } catch (NoSuchFileException gone) {
      forget(name);
      return Optional.empty();
    } catch (IOException | RuntimeException broken) {
      throw broken instanceof CatalogFailure known ? known : unreadable(name, file, broken);
    }
    kept.put(name, new Kept<>(stamp, value));
    if (before != null) {
      changed.accept(name);
    }
    return Optional.of(value);
  }

  boolean exists(Named name) {
    return Files.exists(file(name));
  }

  void write(Named name, T value) {
    ObjectNode json = JSON.createObjectNode().put("format", FORMAT);
    json.put("name", name.name().isEmpty() ? name.database() : name.name());
    codec.write(value, json);
    Path file = file(name);
    try {
      byte[] text = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
      Files.createDirectories(file.getParent());
      Path draft = folder.resolve(".draft");
      try (FileChannel channel =
          FileChannel.open(
              draft,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw unwritable(file, failure);
    }
    forget(name);
  }

  boolean delete(Named name) {
    try {
      return Files.deleteIfExists(file(name));
    } catch (IOException failure) {
      throw unwritable(file(name), failure);
    } finally {
      forget(name);
    }
  }

  /** The names of a database's things, in order. */
  List<String> names(String database) {
    List<String> names = new ArrayList<>();
    String suffix = "." + kind + ".json";
    try (Stream<Path> files = Files.list(folder.resolve(FileNames.encoded(database)))) {
      for (Path file : files.toList()) {
        String text = file.getFileName().toString();
        if (text.endsWith(suffix)) {
          names.add(name(file, text.substring(0, text.length() - suffix.length())));
        }
      }
    } catch (NoSuchFileException | NotDirectoryException none) {
      return List.of();
    } catch (IOException failure) {
      throw new CatalogFailure(
          "the catalog's folder '" + folder + "' cannot be read; check its permissions", failure);
    }
    names.sort(null);
    return names;
  }

  /** Notices what other processes have changed or removed of what was read before. */
  void refresh() {
    kept.forEach(
        (name, value) -> {
          if (!value.stamp.equals(stamp(file(name)))) {
            forget(name);
          }
        });
  }

  private void forget(Named name) {
    if (kept.remove(name) != null) {
      changed.accept(name);
    }
  }

  private Path file(Named name) {
    String prefix = name.name().isEmpty() ? "" : FileNames.encoded(name.name()) + ".";
    return folder.resolve(FileNames.encoded(name.database())).resolve(prefix + kind + ".json");
  }

  private static String name(Path file, String encoded) throws IOException {
    return FileNames.isShortened(encoded)
        ? JSON.readTree(file.toFile()).path("name").asText()
        : FileNames.decoded(encoded);
  }

  private T parsed(Named name, Path file) throws IOException {
    JsonNode json = JSON.readTree(Files.readAllBytes(file));
    int format = json.path("format").asInt();
    if (format > FORMAT) {
      throw new CatalogFailure(
          "the catalog's file '"
              + file
              + "' was written by a later version of Weft (format "
              + format
              + "); use that version, or remove the file to forget "
              + what(name));
    }
    if (format < 1) {
      throw new IOException("it is not a catalog file");
    }
    return codec.read(json);
  }

  private CatalogFailure unreadable(Named name, Path file, Exception cause) {
    return new CatalogFailure(
        "the catalog's file '"
            + file
            + "' cannot be understood; put back a copy of it, or remove it to forget "
            + what(name),
        cause);
  }

  private static CatalogFailure unwritable(Path file, IOException cause) {
    return new CatalogFailure(
        "the catalog's file '"
            + file
            + "' cannot be written ("
            + cause.getMessage()
            + "); make the folder writable and see that the disk has room",
        cause);
  }

  private String what(Named name) {
    return "the " + kind + " '" + (name.name().isEmpty() ? name.database() : name.name()) + "'";
  }

  private static @Nullable Stamp stamp(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(
          now.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS),
          now.size(),
          String.valueOf(now.fileKey()));
    } catch (IOException none) {
      return null;
    }
  }

  private record Stamp(long modified, long size, String key) {}

  private record Kept<T>(Stamp stamp, T value) {}
}
