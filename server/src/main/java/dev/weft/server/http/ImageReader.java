package dev.weft.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The file of an image, which JSON holds as base64 text. Only its first bytes are looked at, so
 * that the row at fault is named at once; whether the rest can be read is known to the model's
 * runtime alone.
 */
final class ImageReader {

  /** What the text of a field holds. */
  static final String WANTED = "the file of an image (PNG, JPEG, GIF, BMP or WebP) as base64";

  private static final List<byte[]> STARTS =
      List.of(
          new byte[] {(byte) 0x89, 'P', 'N', 'G'},
          new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF},
          "GIF8".getBytes(StandardCharsets.US_ASCII),
          "BM".getBytes(StandardCharsets.US_ASCII),
          "RIFF".getBytes(StandardCharsets.US_ASCII));

  /** Spark's base64 makes lines, as the shell's does. */
  private static final Pattern LINE_BREAKS = Pattern.compile("[\\r\\n]+");

  private ImageReader() {}

  /** The bytes of the file; empty where the value is no base64 or no image. */
  static Optional<Object> file(JsonNode node) {
    if (!node.isTextual()) {
      return Optional.empty();
    }
    try {
      byte[] file =
          Base64.getDecoder().decode(LINE_BREAKS.matcher(node.textValue()).replaceAll(""));
      return STARTS.stream().anyMatch(start -> begins(file, start))
          ? Optional.of(file)
          : Optional.empty();
    } catch (IllegalArgumentException noBase64) {
      return Optional.empty();
    }
  }

  private static boolean begins(byte[] file, byte[] start) {
    if (file.length < start.length) {
      return false;
    }
    for (int i = 0; i < start.length; i++) {
      if (file[i] != start[i]) {
        return false;
      }
    }
    return true;
  }
}
