package dev.weft.engine.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Folders named after models: any name becomes one path element, and content has a hash. */
final class Folders {

  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

  private Folders() {}

  /** One path element for any name; a dot in front is escaped so that no name leaves its folder. */
  static String element(String name) {
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("*", "%2A");
    return encoded.startsWith(".") ? "%2E" + encoded.substring(1) : encoded;
  }

  static String name(Path element) {
    return name(String.valueOf(element.getFileName()));
  }

  static String name(String element) {
    return URLDecoder.decode(element, StandardCharsets.UTF_8);
  }

  /** The version that a folder's name is, if it is one. */
  static Optional<Integer> number(String element) {
    return NUMBER.matcher(element).matches()
        ? Optional.of(Integer.valueOf(element))
        : Optional.empty();
  }

  /** The visible entries of a folder, sorted; none when there is no such folder. */
  static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(path -> !String.valueOf(path.getFileName()).startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Relative path with slashes to sha256, of every file but the manifest and checksum files. */
  static SortedMap<String, String> hashes(Path folder) throws IOException {
    SortedMap<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String relative = folder.relativize(file).toString().replace('\\', '/');
        if (!relative.equals(Manifest.FILE) && !relative.endsWith(".crc")) {
          hashes.put(relative, sha256(Files.readAllBytes(file)));
        }
      }
    }
    return hashes;
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Removes a folder and all in it; what is gone already is no error. */
  static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
