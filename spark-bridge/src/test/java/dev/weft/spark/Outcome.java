package dev.weft.spark;

import java.util.List;

/** What became of a statement. */
sealed interface Outcome {

  /** Rows as Spark's shell prints them, under their columns. */
  record Answered(String columns, List<String> rows) implements Outcome {}

  /**
   * A refusal.
   *
   * @param kind who refused: PARSE, CHECK, RUN or BUG
   */
  record Refused(Kind kind, String sentence) implements Outcome {}

  /** Who refused. */
  enum Kind {
    PARSE,
    CHECK,
    RUN,
    BUG
  }
}
