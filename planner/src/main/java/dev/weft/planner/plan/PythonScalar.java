package dev.weft.planner.plan;

import dev.weft.planner.spi.Column;
import java.util.List;

/**
 * A scalar function in Python: its code defines a function of its name, which gets and gives Arrow
 * arrays.
 *
 * @param name without a database
 * @param returns Spark's DDL text
 * @param file where the code was read from, and the line that it began on
 */
public record PythonScalar(
    String name, List<Column> parameters, String returns, String code, String file, int line) {

  /** Copies the list. */
  public PythonScalar {
    parameters = List.copyOf(parameters);
  }
}
