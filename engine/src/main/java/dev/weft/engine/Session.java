package dev.weft.engine;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A conversation with Weft, embedded or over the network: names given by one submission are there
 * for the next. One submission runs at a time.
 */
public interface Session extends AutoCloseable {

  /**
   * Checks a script whole, then runs it.
   *
   * @throws dev.weft.grammar.WeftException with everything found wrong before the first statement
   *     ran (all of blame SCRIPT), or with what stopped a statement
   */
  void run(Submission submission, SessionListener listener);

  /**
   * What is wrong with a script, without running anything; empty when nothing is.
   *
   * @param listener hears warnings, and a note when part of the script can be checked only as it
   *     runs
   */
  List<Diagnostic> check(Submission submission, SessionListener listener);

  /**
   * The plans of a script's statements as text; nothing runs.
   *
   * @throws dev.weft.grammar.WeftException with everything that is wrong, or NOT_AVAILABLE where
   *     the session cannot tell
   */
  default String plan(Submission submission) {
    throw ErrorCode.NOT_AVAILABLE.failure(
        Span.all(submission.source()), "plan on a server", "leave --connect out");
  }

  /**
   * Where the columns of a script's statements come from; nothing runs.
   *
   * @return one JSON object a statement and line, with the fields of {@code ScriptLineage.Entry}
   * @throws dev.weft.grammar.WeftException with everything that is wrong, or NOT_AVAILABLE where
   *     the session cannot tell
   */
  default String lineage(Submission submission) {
    throw ErrorCode.NOT_AVAILABLE.failure(
        Span.all(submission.source()), "lineage on a server", "leave --connect out");
  }

  /**
   * Plans one statement of plain SQL (a final {@code AS name} also names) without running it.
   *
   * @param parameters values for {@code ?} in order, or empty to learn their types only
   */
  Prepared prepare(Source source, Path folder, List<Object> parameters);

  /** Stops what runs, from any thread; the submission ends with CANCELLED. The session stays. */
  void cancel();

  /** The names that can be completed now. */
  Names names();

  @Override
  void close();

  /** One statement, planned; runs each time {@link #run} is called. */
  interface Prepared {

    /** Whether it changes something and returns no rows. */
    boolean isUpdate();

    /**
     * Whether running it changes something, rows or not: TRAIN, SAVE, DDL and a query that names
     * its result, but not a plain query, SHOW or DESCRIBE. A server runs such a statement exactly
     * once.
     */
    default boolean hasEffects() {
      return isUpdate();
    }

    /** The columns of its rows; no columns for an update. */
    Schema schema();

    /** One field per {@code ?}, in order. */
    Schema parameters();

    /** Runs it; an update gives no batch. The caller closes the rows. */
    Rows run(SessionListener listener);
  }
}
