package dev.weft.scripts;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Takes out of an answer what differs from run to run: places on this machine, ports, times, and
 * what numbers only say in their last digits.
 */
final class VolatileText {

  /** This module, or the folder in it where sessions of one kind work. */
  private static final Pattern HERE =
      Pattern.compile(
          "(file:)?"
              + Pattern.quote(Path.of("").toAbsolutePath().toString())
              + "(/target/(embedded|flight))?");

  private VolatileText() {}

  static String masked(String line) {
    return HERE.matcher(line)
        .replaceAll("<here>")
        .replaceAll("(127\\.0\\.0\\.1|localhost):\\d+", "<host>")
        .replaceAll("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d{3,}Z?|Z)", "<time>")
        .replaceAll("(version of [\\w-]+ \\| ).*", "$1<version>")
        .replaceAll("\\b\\d+(\\.\\d+)? ?(ms|s)\\b", "<duration>")
        .replaceAll("-?\\b\\d+\\.\\d{5,}(E-?\\d+)?\\b", "<number>")
        .replaceAll("(memory left of its )\\d+ MB", "$1<size>")
        .replaceAll("\\b[0-9a-f]{64}\\b", "<hash>")
        .replaceAll("token=[\\w-]+", "token=<token>")
        .replaceAll("Bearer [\\w.-]+", "Bearer <token>");
  }
}
