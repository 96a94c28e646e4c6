package dev.weft.repl.cli;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them. */
public final class Elapsed {

  private Elapsed() {}

  /** Such as {@code 0.4 s} or {@code 2 min 5 s}. */
  public static String text(Duration took) {
    if (took.toSeconds() < 60) {
      return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }
    return whole(took);
  }

  /** Without parts of a second, such as {@code 4 s} or {@code 2 min 5 s}. */
  static String whole(Duration took) {
    String minutes = took.toMinutes() == 0 ? "" : took.toMinutes() + " min ";
    return minutes + took.toSecondsPart() + " s";
  }
}
