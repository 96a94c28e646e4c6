package dev.weft.grammar;

import java.util.Locale;

/**
 * The errors a user can meet: a stable code, who can mend it, and the sentence that says so.
 *
 * <p>A code is never reused for another meaning. Write messages as one sentence (what is wrong,
 * then what to do); names stand in single quotes. The template takes {@code %s} arguments.
 */
public enum ErrorCode {
  // Text and syntax.
  SYNTAX(Blame.SCRIPT, "%s"),
  NOT_UTF8(Blame.SCRIPT, "the file is not UTF-8 text (byte %s); save it as UTF-8"),
  NESTED_TOO_DEEPLY(
      Blame.SCRIPT,
      "the text nests deeper than "
          + TokenChecks.MAX_DEPTH
          + " levels; split it into several statements"),
  TEXT_TOO_LONG(Blame.LIMIT, "the text has more than %s characters; split it with INCLUDE"),
  NOT_AVAILABLE(Blame.SCRIPT, "%s is not available yet; %s"),

  // Names.
  TABLE_NOT_FOUND(Blame.SCRIPT, "there is no table '%s'%s"),
  COLUMN_NOT_FOUND(Blame.SCRIPT, "there is no column '%s'%s"),
  COLUMN_AMBIGUOUS(Blame.SCRIPT, "the column '%s' stands in several tables; write table.%s"),
  FUNCTION_NOT_FOUND(Blame.SCRIPT, "there is no function '%s'%s"),
  MODEL_NOT_FOUND(Blame.SCRIPT, "there is no model '%s'%s"),
  VERSION_NOT_FOUND(Blame.SCRIPT, "the model '%s' has no version '%s'%s"),
  ALIAS_NOT_FOUND(Blame.SCRIPT, "the model '%s' has no alias '%s'%s"),
  MODEL_IN_USE(Blame.SCRIPT, "%s"),
  ALGORITHM_NOT_FOUND(Blame.SCRIPT, "there is no algorithm '%s'%s"),
  ALGORITHM_BROKEN(Blame.SCRIPT, "the installed algorithm '%s' cannot be used: %s"),
  ENDPOINT_NOT_FOUND(Blame.SCRIPT, "there is no endpoint '%s'%s"),
  FORMAT_NOT_FOUND(Blame.SCRIPT, "there is no format '%s'%s"),
  SETTING_NOT_FOUND(Blame.SCRIPT, "there is no setting '%s'%s"),
  OPTION_NOT_FOUND(Blame.SCRIPT, "%s has no option '%s'%s"),
  NAME_TAKEN(Blame.SCRIPT, "%s"),
  PARAMETER_NOT_FOUND(Blame.SCRIPT, "there is no parameter '%s'%s"),

  // Parameters as the command line gives them.
  PARAMETER_UNKNOWN(Blame.USAGE, "--param gives '%s', and no DECLARE PARAM has that name%s"),
  PARAMETER_MISSING(Blame.USAGE, "the parameter '%s' has no value; give --param %s=… or a DEFAULT"),
  PARAMETER_VALUE(Blame.USAGE, "the parameter '%s' takes %s, not '%s'"),

  // Values and types.
  OPTION_VALUE(Blame.SCRIPT, "the option '%s' takes %s, not %s"),
  TYPE_MISMATCH(Blame.SCRIPT, "%s"),
  INVALID_QUERY(Blame.SCRIPT, "%s"),
  NOT_GROUPED(Blame.SCRIPT, "%s"),
  WRONG_ARGUMENTS(Blame.SCRIPT, "%s"),
  OUTPUT_COLUMN_TAKEN(
      Blame.SCRIPT,
      "PREDICT adds a column '%s', and its input has one already; leave it out of the input or"
          + " rename it"),
  FILTER_IN_OPTIONS(
      Blame.SCRIPT,
      "WHERE after TRAIN gives options, and %s has none called '%s'; to filter rows write TRAIN"
          + " (SELECT … WHERE …)%s"),
  LABEL_MISSING(Blame.SCRIPT, "%s needs a label; add LABEL column"),
  INVALID_CLAUSE(Blame.SCRIPT, "%s"),
  OPTION_IGNORED(Blame.SCRIPT, "the option '%s' does nothing: %s"),
  LABEL_LEAK(
      Blame.SCRIPT,
      "the label is computed from '%s', which is a feature too, so the model reads its answer there;"
          + " leave the column out or name the FEATURES"),

  // Files and folders.
  FILE_NOT_FOUND(Blame.SCRIPT, "there is no file or folder '%s'%s"),
  FILE_EMPTY(Blame.SCRIPT, "the file '%s' is empty; it has no columns to read"),
  FILE_UNREADABLE(Blame.SCRIPT, "'%s' cannot be read: %s"),
  INCLUDE_CYCLE(Blame.SCRIPT, "'%s' includes itself: %s"),
  OUTPUT_EXISTS(Blame.RUN, "'%s' exists already; write SAVE OVERWRITE, SAVE APPEND or SAVE IGNORE"),
  RESULTS_LOST(
      Blame.RUN,
      "the results could not be written to standard output: %s; make room or send them elsewhere,"
          + " and run again"),
  OUTPUT_FAILED(Blame.RUN, "'%s' could not be written: %s; nothing of it was kept"),

  // While statements run.
  QUERY_FAILED(Blame.RUN, "%s"),
  STATEMENT_FAILED(Blame.RUN, "%s"),
  ASSERTION_FAILED(Blame.ASSERTION, "%s"),
  TRAINING_DATA(Blame.RUN, "%s"),
  TRAINING_FAILED(Blame.RUN, "%s"),
  PREDICTION_DATA(Blame.RUN, "%s"),
  PREDICTION_FAILED(Blame.RUN, "%s"),
  EXPORT_FAILED(Blame.RUN, "the model '%s' cannot be exported: %s"),
  IMPORT_REFUSED(Blame.SCRIPT, "'%s' cannot be imported: %s"),
  IMPORT_FAILED(Blame.RUN, "'%s' cannot be imported: %s"),
  PYTHON_SYNTAX(Blame.SCRIPT, "this is not Python: %s"),
  PYTHON_FAILED(Blame.RUN, "%s"),
  MODEL_CORRUPT(Blame.RUN, "the model '%s' cannot be used: %s; train it again"),
  MODELS_UNREACHABLE(
      Blame.RUN, "the models in '%s' cannot be reached: %s; see WEFT_MODELS and HADOOP_CONF_DIR"),
  PORT_TAKEN(Blame.RUN, "port %s of %s is taken; give another with %s, or 0 for any free one"),
  SERVE_FAILED(Blame.RUN, "the endpoint '%s' cannot be served: %s"),
  DISK_FULL(
      Blame.RUN,
      "the disk is full while writing '%s'; nothing of it was kept; free some space or write"
          + " elsewhere"),
  OUT_OF_MEMORY(
      Blame.RUN,
      "Java has no memory left of its %s; give it more (WEFT_MEMORY=6g, or spark.executor.memory on"
          + " a cluster), or take fewer or shorter rows"),
  CANCELLED(Blame.INTERRUPTED, "the statement was cancelled"),
  TIMED_OUT(Blame.LIMIT, "the statement ran longer than %s"),

  // The runtime around us.
  PYTHON_MISSING(Blame.RUN, "%s"),
  RUNTIME_FAILED(Blame.RUN, "the machine-learning runtime %s"),
  CONNECTION_FAILED(Blame.CONNECTION, "%s"),
  USAGE(Blame.USAGE, "%s"),
  INTERNAL(Blame.BUG, "this is a bug of Weft: %s; run again with --debug and report it");

  /** Who can mend an error, and the exit code that says so. */
  public enum Blame {
    RUN(1),
    USAGE(2),
    SCRIPT(3),
    ASSERTION(4),
    CONNECTION(5),
    LIMIT(6),
    BUG(70),
    INTERRUPTED(130);

    private final int exitCode;

    Blame(int exitCode) {
      this.exitCode = exitCode;
    }

    /** The exit code of the process when a run ends with such an error. */
    public int exitCode() {
      return exitCode;
    }
  }

  private final Blame blame;
  private final String template;

  ErrorCode(Blame blame, String template) {
    this.blame = blame;
    this.template = template;
  }

  /** Who can mend this error. */
  public Blame blame() {
    return blame;
  }

  /** A diagnostic of this code at a place; {@code arguments} fill the template in order. */
  public Diagnostic at(Span span, Object... arguments) {
    return new Diagnostic(span, this, String.format(Locale.ROOT, template, arguments));
  }

  /** The same as an exception, for the phases that stop at the first error. */
  public WeftException failure(Span span, Object... arguments) {
    return new WeftException(at(span, arguments));
  }
}
