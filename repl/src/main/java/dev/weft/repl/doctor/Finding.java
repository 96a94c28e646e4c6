package dev.weft.repl.doctor;

import java.util.Locale;

/**
 * One line of the doctor's report.
 *
 * @param subject what was looked at
 * @param text what is there, and what to do where something is missing
 */
public record Finding(State state, String subject, String text) {

  /** How it stands. */
  public enum State {
    OK,
    WARN,
    MISSING
  }

  static Finding ok(String subject, String text) {
    return new Finding(State.OK, subject, text);
  }

  static Finding warn(String subject, String text) {
    return new Finding(State.WARN, subject, text);
  }

  static Finding missing(String subject, String text) {
    return new Finding(State.MISSING, subject, text);
  }

  /** {@code ok Java 17.0.15}. */
  public String line() {
    return String.format(
        Locale.ROOT, "%-8s %-12s %s", state.name().toLowerCase(Locale.ROOT), subject, text);
  }
}
