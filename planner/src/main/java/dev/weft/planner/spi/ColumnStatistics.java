package dev.weft.planner.spi;

import java.util.OptionalDouble;

/**
 * What is known of the values of a column. Numbers stand for themselves, dates for days and
 * timestamps for microseconds since 1970; other types have no bounds.
 *
 * @param distinct how many values there are, nulls not counted
 * @param nulls how many rows are null
 * @param low no value is smaller
 * @param high no value is greater
 * @param clustered whether rows that lie together have values that lie together, so that a range of
 *     values is found without reading most of the rows
 */
public record ColumnStatistics(
    OptionalDouble distinct,
    OptionalDouble nulls,
    OptionalDouble low,
    OptionalDouble high,
    boolean clustered) {

  /** Nothing is known. */
  public static final ColumnStatistics UNKNOWN =
      new ColumnStatistics(
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          false);

  /** The same with what another source knows better, where it knows it. */
  public ColumnStatistics refined(ColumnStatistics better) {
    return new ColumnStatistics(
        either(better.distinct, distinct),
        either(better.nulls, nulls),
        either(low, better.low),
        either(high, better.high),
        clustered || better.clustered);
  }

  private static OptionalDouble either(OptionalDouble first, OptionalDouble second) {
    return first.isPresent() ? first : second;
  }
}
