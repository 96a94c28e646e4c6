package dev.weft.planner.spi;

import java.util.List;

/** What a statement of Spark's own changes for the statements behind it. */
public sealed interface StatementEffect {

  /** Names and columns stay as they are. */
  record Nothing() implements StatementEffect {}

  /** Rows go into a table that must be there. */
  record Writes(String table) implements StatementEffect {}

  /**
   * A table or view comes.
   *
   * @param unlessThere whether one of the name stays as it is
   */
  record Makes(String table, List<Column> columns, boolean unlessThere) implements StatementEffect {
    /** Copies the columns. */
    public Makes {
      columns = List.copyOf(columns);
    }
  }

  /** A table or view goes. */
  record Removes(String table) implements StatementEffect {}

  /** Only running it tells. */
  record Unknown() implements StatementEffect {}
}
