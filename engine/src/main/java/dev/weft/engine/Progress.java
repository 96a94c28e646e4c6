package dev.weft.engine;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far a running statement is.
 *
 * @param what what is going on, such as {@code training} or {@code sending rows}
 * @param done units done
 * @param total units in all, 0 when not known
 * @param unit what is counted: {@code rows}, {@code iterations}, {@code tasks}
 * @param metric a metric's name at this point, such as {@code auc}
 * @param secondsLeft what the rest will take if it goes on as before; it may end sooner
 */
public record Progress(
    String what,
    long done,
    long total,
    String unit,
    Optional<String> metric,
    OptionalDouble value,
    OptionalDouble secondsLeft) {

  /** Progress without a metric. */
  public static Progress of(String what, long done, long total, String unit) {
    return new Progress(
        what, done, total, unit, Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty());
  }
}
