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
   * @param ifThere what happens where the name is taken already
   */
  record Makes(String table, List<Column> columns, IfThere ifThere) implements StatementEffect {
    /** Copies the columns. */
    public Makes {
      columns = List.copyOf(columns);
    }
  }

  /** What a statement does about a table or view that is there already. */
  enum IfThere {
    FAILS,
    KEEPS,
    REPLACES
  }

  /**
   * A table or view goes.
   *
   * @param ifThere whether the statement is content where there is none
   */
  record Removes(String table, boolean ifThere) implements StatementEffect {}

  /** Only running it tells. */
  record Unknown() implements StatementEffect {}
}
