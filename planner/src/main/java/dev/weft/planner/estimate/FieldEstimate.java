package dev.weft.planner.estimate;

import dev.weft.planner.spi.ColumnStatistics;
import java.util.OptionalDouble;

/**
 * What is thought of the values of a field.
 *
 * @param nulls the share of rows that are null
 */
public record FieldEstimate(
    OptionalDouble distinct, double nulls, OptionalDouble low, OptionalDouble high) {

  static final FieldEstimate UNKNOWN =
      new FieldEstimate(OptionalDouble.empty(), 0, OptionalDouble.empty(), OptionalDouble.empty());

  static FieldEstimate of(ColumnStatistics column, double rows) {
    double nulls = rows == 0 ? 0 : column.nulls().orElse(0) / rows;
    return new FieldEstimate(column.distinct(), Math.min(1, nulls), column.low(), column.high());
  }

  /** The field where there are no more rows than these. */
  FieldEstimate among(double rows) {
    return distinct.isEmpty() || distinct.getAsDouble() <= rows
        ? this
        : new FieldEstimate(OptionalDouble.of(Math.max(1, rows)), nulls, low, high);
  }

  /** The field where it has so many of its values. */
  FieldEstimate points(double count) {
    return new FieldEstimate(OptionalDouble.of(Math.max(1, count)), 0, low, high);
  }

  /** The field between two values, with its share of the distinct ones. */
  FieldEstimate between(double from, double to, double share) {
    OptionalDouble rest =
        distinct.isPresent()
            ? OptionalDouble.of(Math.max(1, distinct.getAsDouble() * share))
            : distinct;
    return new FieldEstimate(rest, 0, OptionalDouble.of(from), OptionalDouble.of(to));
  }

  FieldEstimate notNull() {
    return new FieldEstimate(distinct, 0, low, high);
  }

  boolean isBounded() {
    return low.isPresent() && high.isPresent();
  }
}
