package dev.weft.planner.explain;

import java.util.OptionalLong;

/**
 * What a step of a plan did when it ran.
 *
 * @param rows the rows it gave, where they were counted
 * @param nanos the time its tasks took together
 */
public record Measured(OptionalLong rows, long nanos) {

  /** The same without a time of its own. */
  public Measured rowsOnly() {
    return new Measured(rows, 0);
  }

  /** The sum of two parts of one step; the rows are those of the first. */
  public Measured and(Measured below) {
    return new Measured(rows.isPresent() ? rows : below.rows, nanos + below.nanos);
  }
}
