package dev.weft.ml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Where environments are kept: beside the checkout, else with the user's caches. */
final class CacheFolder {

  private static final int HASH_LENGTH = 12;

  private CacheFolder() {}

  /** The first place that can be written. */
  static Path in(Path home, Map<String, String> variables) {
    List<Path> places =
        Stream.of(
                Stream.of(home.resolve(".cache")),
                under(variables, "XDG_CACHE_HOME", "weft"),
                under(variables, "HOME", ".cache/weft"),
                Stream.of(
                    Path.of(System.getProperty("java.io.tmpdir", "/tmp"))
                        .resolve("weft-cache-" + System.getProperty("user.name", "user"))))
            .flatMap(place -> place)
            .toList();
    return places.stream()
        .filter(CacheFolder::writable)
        .findFirst()
        .orElseThrow(
            () ->
                new PythonMissing(
                    "no folder for the Python environment can be written (tried %s); set"
                            .formatted(places)
                        + " XDG_CACHE_HOME to one"));
  }

  /** What tells one list of packages from another. */
  static String hash(Path requirements) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(requirements));
      return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
    } catch (IOException e) {
      throw new PythonMissing(
          "'%s' cannot be read; set WEFT_HOME to the Weft folder".formatted(requirements));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Stream<Path> under(Map<String, String> variables, String name, String rest) {
    String value = variables.getOrDefault(name, "");
    return value.isEmpty() ? Stream.of() : Stream.of(Path.of(value).resolve(rest));
  }

  private static boolean writable(Path folder) {
    try {
      Files.createDirectories(folder);
      return Files.isWritable(folder);
    } catch (IOException e) {
      return false;
    }
  }
}
