package dev.weft.planner.spi;

import java.util.Locale;
import java.util.Map;

/**
 * What is known of a table's rows without reading them.
 *
 * @param bytes the size that Spark sees, by which it chooses how to join
 * @param width how many columns a row has
 * @param columns by name in lower case; a column that is missing is unknown
 */
public record TableStatistics(
    double rows, double bytes, int width, Map<String, ColumnStatistics> columns) {

  /** Copies the columns. */
  public TableStatistics {
    columns = Map.copyOf(columns);
  }

  /** What is known of a column. */
  public ColumnStatistics column(String name) {
    return columns.getOrDefault(name.toLowerCase(Locale.ROOT), ColumnStatistics.UNKNOWN);
  }
}
