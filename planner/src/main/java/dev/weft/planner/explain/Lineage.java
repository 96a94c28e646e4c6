package dev.weft.planner.explain;

import java.util.List;
import java.util.Optional;

/**
 * Where the columns of one statement's result come from.
 *
 * @param statement its kind: query, load, save, train, assert
 * @param result what it makes: a table's name, a path, a model; empty for rows that are shown
 * @param rows the columns that decide which rows there are: of filters, joins and groups
 */
public record Lineage(
    String statement, Optional<String> result, List<OfColumn> columns, List<Origin> rows) {

  /** Copies the lists. */
  public Lineage {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** A column of the result and everything it is computed from. */
  public record OfColumn(String column, List<Origin> from) {
    /** Copies the list. */
    public OfColumn {
      from = List.copyOf(from);
    }
  }

  /**
   * A column of a source, or a whole source.
   *
   * @param source such as {@code csv data/orders.csv}, {@code table trips}, {@code model m@2}
   * @param column empty where the source has no columns one can name, as a model
   */
  public record Origin(String source, String column) implements Comparable<Origin> {
    @Override
    public int compareTo(Origin other) {
      int bySource = source.compareTo(other.source);
      return bySource != 0 ? bySource : column.compareTo(other.column);
    }

    @Override
    public String toString() {
      return column.isEmpty() ? source : source + ": " + column;
    }
  }

  /** One line a column, then one for the rows. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (OfColumn column : columns) {
      text.append(column.column).append(" <- ").append(joined(column.from)).append('\n');
    }
    if (!rows.isEmpty()) {
      text.append("which rows <- ").append(joined(rows)).append('\n');
    }
    return text.toString().stripTrailing();
  }

  private static String joined(List<Origin> origins) {
    return origins.isEmpty()
        ? "no column"
        : String.join(", ", origins.stream().map(Origin::toString).toList());
  }
}
