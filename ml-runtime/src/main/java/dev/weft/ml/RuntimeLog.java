package dev.weft.ml;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The file that takes what the service and Ray write.
 *
 * @param from where this run's lines begin
 */
record RuntimeLog(Path file, long from) {

  private static final long LARGEST = 10_000_000;
  private static final int LINES = 3;

  /** How the service begins what it says of its own end. */
  private static final String OURS = "weft: ";

  /** What Ray writes before it ends a process that has no head any more. */
  private static final String NO_HEAD = "Failed to connect to GCS";

  /** The log of a project; an overlong one starts anew. */
  static RuntimeLog in(Path folder) {
    try {
      Files.createDirectories(folder);
      Path file = folder.resolve("runtime.log");
      if (Files.exists(file) && Files.size(file) > LARGEST) {
        Files.delete(file);
      }
      return new RuntimeLog(file, Files.exists(file) ? Files.size(file) : 0);
    } catch (IOException e) {
      throw new RuntimeFailure(
          "cannot write its log in '"
              + folder
              + "': "
              + e.getMessage()
              + "; give another --project");
    }
  }

  /** What a line says of the end of the service, if it does. */
  private static Optional<String> known(String line) {
    if (line.contains(NO_HEAD)) {
      return Optional.of("the head of Ray has ended, or answers nobody");
    }
    return line.startsWith(OURS) ? Optional.of(line.substring(OURS.length())) : Optional.empty();
  }

  /** The last lines of this run and where the rest is, to be put behind an error. */
  String lastLines() {
    try {
      byte[] all = Files.readAllBytes(file);
      int start = (int) Math.min(from, all.length);
      String text = new String(all, start, all.length - start, StandardCharsets.UTF_8);
      List<String> lines = text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
      Optional<String> known = lines.stream().flatMap(line -> known(line).stream()).findFirst();
      if (known.isPresent()) {
        return ": " + known.get() + " (see " + file + ")";
      }
      List<String> last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
      return (last.isEmpty() ? "" : ": " + String.join(" | ", last)) + " (see " + file + ")";
    } catch (IOException e) {
      return " (see " + file + ")";
    }
  }
}
