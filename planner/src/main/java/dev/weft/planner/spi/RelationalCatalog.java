package dev.weft.planner.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;

/**
 * What planning asks the relational engine (Spark): schemas, functions and a second opinion on text
 * that the planner cannot represent. No call here runs a job, but for the sample that schema
 * inference reads.
 */
public interface RelationalCatalog extends ScanStatistics {

  /** The formats LOAD knows, lower case. */
  List<String> formats();

  /**
   * The columns of a file source, from its header and a sample.
   *
   * @throws SparkError when the source cannot be read
   */
  List<Column> columnsOf(FileSource source);

  /** The columns of a table of the catalog by its dotted name, temporary views included. */
  Optional<List<Column>> tableColumns(String name);

  /** Whether the catalog has a table or lasting view of this name without a database. */
  boolean isStored(String name);

  /** The tables of the catalog, as a user would write them. */
  List<String> tableNames();

  /** Whether Spark has a function of this name, built in or registered. */
  boolean functionExists(String name);

  /** Whether a function is a user's, which the next statement may make another. */
  boolean isUserFunction(String name);

  /** Whether it is an aggregate or a window function (rank and the like). */
  FunctionKind functionKind(String name);

  /** Every function name, for "did you mean" and completion. */
  List<String> functionNames();

  /** What an error of {@link #callType} calls an argument, followed by its number from 0. */
  String ARGUMENT = "weft_argument_";

  /**
   * The type Spark gives a call.
   *
   * @param arguments the arguments in order
   * @return Spark's DDL type text
   * @throws SparkError when Spark rejects the call
   */
  Column callType(String function, List<Argument> arguments, boolean distinct);

  /**
   * The type Spark gives an expression of its own text, in which {@code __p0}, {@code __p1}, …
   * stand for the arguments.
   *
   * @throws SparkError when Spark rejects it
   */
  Column expressionType(String text, List<Argument> arguments);

  /** The text that an expression of constants stands for; empty where it stands for none. */
  default Optional<String> constantText(String expression) {
    return Optional.empty();
  }

  /**
   * The columns of the rows that a generator such as {@code explode} makes of its arguments.
   *
   * @throws SparkError when Spark rejects the call
   */
  List<Column> generatedColumns(String function, List<Argument> arguments);

  /**
   * The name Spark gives to a column that has only an expression; no name is looked up but those of
   * functions.
   *
   * @param structs columns, in lower case, whose fields the expression reads
   * @return empty where the name depends on more than the text
   */
  Optional<String> columnName(String expression, Set<String> structs);

  /** The session's value of a setting; {@code otherwise} where it has none or has not started. */
  default String setting(String key, String otherwise) {
    return otherwise;
  }

  /**
   * Analyses a text as Spark understands it, against the named tables, and gives a handle that
   * stands for it in a plan. Nothing runs.
   *
   * @param tables the script's tables that the text may read, by name
   * @throws SparkError when Spark rejects it
   */
  AnalyzedText analyze(String text, Map<String, RelNode> tables);

  /** Where the files lie that a table or view of the catalog reads, as absolute local paths. */
  default List<String> filesOf(String table) {
    return List.of();
  }

  /** Where the files lie that a text reads, through tables and views too. */
  default List<String> filesOf(AnalyzedText text) {
    return List.of();
  }

  /**
   * Whether a statement that goes to Spark as it stands leaves all names, columns, rows and the
   * meaning of other statements as they are: SHOW, DESCRIBE, a setting of how work is done.
   */
  default boolean changesNothing(String text) {
    return false;
  }

  /**
   * Parses a statement that goes to Spark as it stands; looks no name up and does not wait for
   * Spark to have started.
   *
   * @throws SparkError when Spark cannot read it, with the place
   */
  void parse(String text);

  /**
   * What a statement that goes to Spark as it stands is going to change. Nothing runs.
   *
   * @param tables the script's tables that the text may read, by name
   * @throws SparkError when Spark rejects it
   */
  StatementEffect effect(String text, Map<String, RelNode> tables);

  /** What a function is for planning. */
  enum FunctionKind {
    SCALAR,
    AGGREGATE,
    WINDOW,
    GENERATOR
  }

  /**
   * An argument of a call: its type, and its SQL text when it is a literal (some types depend on
   * it).
   */
  record Argument(String type, boolean nullable, Optional<String> literal) {}

  /**
   * A query that only Spark understands: its columns, and the backend's own handle to the analysed
   * plan.
   */
  record AnalyzedText(String text, List<Column> columns, Object handle) {}
}
