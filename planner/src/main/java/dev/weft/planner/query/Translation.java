package dev.weft.planner.query;

import dev.weft.grammar.Source;
import dev.weft.grammar.antlr.WeftParser.ExpressionContext;
import dev.weft.grammar.antlr.WeftParser.NamedWindowContext;
import dev.weft.planner.function.SparkFunctions;
import dev.weft.planner.name.ColumnNames;
import dev.weft.planner.name.ColumnTexts;
import dev.weft.planner.param.Parameters;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** One text being turned into SqlNodes: the parts that do it, and what they share. */
final class Translation {

  private final Positions positions;
  private final SparkFunctions functions;
  private final RelDataTypeFactory types;
  private final Parameters parameters;
  private final InnerTables tables;
  private final Readings readings;
  private final Deque<WithScope> withs = new ArrayDeque<>();
  private final Deque<Map<String, ExpressionContext>> aliases = new ArrayDeque<>();

  private final ExpressionToSql expressions = new ExpressionToSql(this);
  private final QueryToSql queries = new QueryToSql(this);
  private final FromToSql from = new FromToSql(this);
  private final WindowToSql windows = new WindowToSql(this);
  private final ClauseToSql clauses = new ClauseToSql(this);
  private final GeneratorToSql generators = new GeneratorToSql(this);

  Translation(
      Positions positions,
      SparkFunctions functions,
      RelDataTypeFactory types,
      Parameters parameters,
      InnerTables tables,
      Readings readings) {
    this.positions = positions;
    this.functions = functions;
    this.types = types;
    this.parameters = parameters;
    this.tables = tables;
    this.readings = readings;
  }

  /** How names and calls are to be read, as checking has found. */
  Readings readings() {
    return readings;
  }

  /** The items of the SELECTs around that have names and have been read, innermost first. */
  Deque<Map<String, ExpressionContext>> aliases() {
    return aliases;
  }

  Positions positions() {
    return positions;
  }

  SparkFunctions functions() {
    return functions;
  }

  RelDataTypeFactory types() {
    return types;
  }

  Parameters parameters() {
    return parameters;
  }

  InnerTables tables() {
    return tables;
  }

  ExpressionToSql expressions() {
    return expressions;
  }

  QueryToSql queries() {
    return queries;
  }

  FromToSql from() {
    return from;
  }

  WindowToSql windows() {
    return windows;
  }

  ClauseToSql clauses() {
    return clauses;
  }

  GeneratorToSql generators() {
    return generators;
  }

  /** The WITH clauses around the text being translated, innermost first. */
  Deque<WithScope> withs() {
    return withs;
  }

  /** The name of a column that has only an expression. */
  String columnName(ExpressionContext tree, List<NamedWindowContext> windows) {
    Source source = positions.source();
    return functions
        .columnName(ColumnTexts.of(tree, windows, source), readings.structs())
        .orElseGet(() -> ColumnNames.of(tree, source));
  }

  /** A call of Spark's operator or function of a name. */
  SqlCall call(String operator, SqlParserPos place, SqlNode... operands) {
    return functions.operator(operator).createCall(place, List.of(operands));
  }
}
