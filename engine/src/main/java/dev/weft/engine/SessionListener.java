package dev.weft.engine;

import dev.weft.grammar.Diagnostic;
import java.time.Duration;

/** What a front end hears while a submission runs, in the order of the statements. */
public interface SessionListener {

  /**
   * A statement starts.
   *
   * @param number from 1
   * @param total statements known so far
   * @param title the statement's beginning on one line, at most 60 characters
   */
  default void started(int number, int total, String title) {}

  /** How far it is; may come from another thread, at most ten times a second. */
  default void progress(Progress progress) {}

  /** Something allowed that is probably not meant. */
  default void warning(Diagnostic warning) {}

  /** A line for the person at the terminal that is not a result. */
  default void note(String line) {}

  /**
   * Something that outlasts the run is there now; a front end lists these at the end.
   *
   * @param what such as {@code model late_flights@2}, {@code risk as parquet}, {@code endpoint api}
   * @param where a path as the user would type it, or a URL
   */
  default void produced(String what, String where) {}

  /** Rows to show. The listener reads them before it returns; the session closes them. */
  default void rows(Rows rows) {
    while (rows.next() != null) {
      // A listener that does not look at rows still lets the statement run to its end.
    }
  }

  /**
   * A statement ended well.
   *
   * @param outcome what it did, in a few words, such as {@code model late_flights@2}
   */
  default void finished(int number, int total, String outcome, Duration took) {}
}
