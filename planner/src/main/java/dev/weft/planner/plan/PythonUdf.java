package dev.weft.planner.plan;

import dev.weft.planner.spi.Column;
import java.util.List;

/**
 * A user's function in Python: its code defines a function of its name, which gets Arrow arrays,
 * and gives one, or rows for each of their values.
 *
 * @param name without a database
 * @param returns Spark's DDL text; of a table function an array of structs
 * @param table whether it stands in FROM and gives rows
 * @param file where the code was read from, and the line that it began on
 */
public record PythonUdf(
    String name,
    List<Column> parameters,
    String returns,
    boolean table,
    String code,
    String file,
    int line) {

  /** Copies the list. */
  public PythonUdf {
    parameters = List.copyOf(parameters);
  }
}
