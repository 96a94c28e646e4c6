package dev.weft.spark.catalog;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names as file names that every file system keeps apart: what is not a small letter, a digit, an
 * underscore or a minus is written in hexadecimal.
 */
final class FileNames {

  private static final int LONGEST = 180;

  private FileNames() {}

  static String encoded(String name) {
    StringBuilder text = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      if (b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '_' || b == '-') {
        text.append((char) b);
      } else {
        text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return text.length() <= LONGEST ? text.toString() : shortened(name, text.toString());
  }

  /** Whether the name itself is to be found in the file. */
  static boolean isShortened(String encoded) {
    return encoded.contains("~");
  }

  static String decoded(String encoded) {
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }

  private static String shortened(String name, String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return text.substring(0, 60).replaceAll("%.?$", "") + "~" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
