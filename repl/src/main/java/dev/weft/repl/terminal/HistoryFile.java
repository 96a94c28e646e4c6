package dev.weft.repl.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jline.reader.impl.history.DefaultHistory;

/** What was typed before, without the statements that hold a secret. */
final class HistoryFile extends DefaultHistory {

  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)(password|passwd|pwd|secret|token|credential|api[_.-]?key|access[_.-]?key)"
              + "[\\w.]*[`'\"]?\\s*(=>|=|:)|://[^/\\s:@]+:[^/\\s@]+@");

  /** Where the file is: the state folder of XDG, or of HOME; nowhere without either. */
  static Optional<Path> path(Map<String, String> environment) {
    Optional<Path> state =
        folder(environment, "XDG_STATE_HOME")
            .or(() -> folder(environment, "HOME").map(home -> home.resolve(".local/state")));
    try {
      if (state.isEmpty()) {
        return Optional.empty();
      }
      Path folder = Files.createDirectories(state.get().resolve("weft"));
      return Files.isWritable(folder) ? Optional.of(folder.resolve("history")) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether a statement holds something that must not be written down. */
  static boolean isSecret(String statement) {
    return SECRET.matcher(statement).find();
  }

  @Override
  public void add(Instant time, String line) {
    if (!isSecret(line)) {
      super.add(time, line);
    }
  }

  private static Optional<Path> folder(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(value -> value.startsWith("/"))
        .map(Path::of);
  }
}
