package dev.weft.planner;

import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.FileSource;
import dev.weft.planner.spi.RelationalCatalog;
import dev.weft.planner.spi.SparkError;
import dev.weft.planner.spi.StatementEffect;
import dev.weft.planner.spi.TableStatistics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.calcite.rel.RelNode;

/** A catalog of a few tables and functions, and a Spark that accepts the texts it is told to. */
final class FakeRelations implements RelationalCatalog {

  private static final Map<String, FunctionKind> FUNCTIONS = new HashMap<>();
  private static final Map<String, String> TYPES = new HashMap<>();

  static {
    aggregates("bigint", "count", "approx_count_distinct");
    aggregates("double", "avg", "percentile_approx");
    aggregates("=0", "sum", "max", "min", "first");
    window("int", "rank", "row_number");
    window("=0", "lag");
    scalars("double", "/", "sqrt", "ln", "rand", "round");
    scalars("int", "hour", "month", "size", "unix_date", "locate", "length", "date_part");
    scalars("string", "concat", "upper", "lower", "substring", "trim", "ltrim");
    scalars("boolean", "=", "<", ">", "<=", ">=", "<=>", "in", "like");
    scalars("timestamp", "to_timestamp", "current_timestamp");
    scalars("date", "current_date", "to_date");
    scalars(
        "=0", "+", "-", "*", "%", "coalesce", "abs", "negative", "greatest", "least", "array_max");
    scalars("bigint", "div", "unix_micros");
    scalars("array<string>", "map_keys");
    FUNCTIONS.put("explode", FunctionKind.GENERATOR);
  }

  private final Map<String, List<Column>> tables = new LinkedHashMap<>();
  private final Map<String, List<Column>> accepted = new HashMap<>();
  final Map<String, StatementEffect> effects = new HashMap<>();
  final Map<String, String> settings = new HashMap<>();
  final Map<String, TableStatistics> statistics = new HashMap<>();
  long sentBytes = 10 << 20;
  final List<String> analyzed = new ArrayList<>();
  final List<String> asked = new ArrayList<>();
  Predicate<String> rejects = call -> false;

  FakeRelations() {
    table(
        "trips",
        "origin string, destination string, distance double, delay int, day date, at timestamp,"
            + " price decimal(10,2)");
    table("airports", "iata string, state string, latitude double");
    table(
        "events", "id bigint, tags array<string>, props map<string,int>, who struct<name:string>");
  }

  private static void scalars(String type, String... names) {
    put(FunctionKind.SCALAR, type, names);
  }

  private static void aggregates(String type, String... names) {
    put(FunctionKind.AGGREGATE, type, names);
  }

  private static void window(String type, String... names) {
    put(FunctionKind.WINDOW, type, names);
  }

  private static void put(FunctionKind kind, String type, String... names) {
    for (String name : names) {
      FUNCTIONS.put(name, kind);
      TYPES.put(name, type);
    }
  }

  FakeRelations table(String name, String ddl) {
    tables.put(
        name,
        dev.weft.planner.types.SparkTypes.columns(
            ddl, new dev.weft.planner.types.SparkTypeFactory()));
    return this;
  }

  /** Accepts texts that contain a word. */
  FakeRelations accepts(String word, Column... columns) {
    accepted.put(word, List.of(columns));
    return this;
  }

  @Override
  public List<String> formats() {
    return List.of("csv", "json", "orc", "parquet", "text");
  }

  @Override
  public List<Column> columnsOf(FileSource source) {
    if (!source.schema().isEmpty()) {
      return dev.weft.planner.types.SparkTypes.columns(
          source.schema(), new dev.weft.planner.types.SparkTypeFactory());
    }
    return List.of(
        new Column("a", "int", true),
        new Column("b", "string", true),
        new Column("c", "double", true));
  }

  @Override
  public Optional<List<Column>> tableColumns(String name) {
    return Optional.ofNullable(tables.get(name.toLowerCase(Locale.ROOT)));
  }

  @Override
  public boolean isStored(String name) {
    return tables.containsKey(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public long sentBytes() {
    return sentBytes;
  }

  @Override
  public Optional<TableStatistics> statistics(String table, List<String> columns) {
    return Optional.ofNullable(statistics.get(table));
  }

  @Override
  public List<String> tableNames() {
    return List.copyOf(tables.keySet());
  }

  @Override
  public boolean functionExists(String name) {
    return FUNCTIONS.containsKey(name);
  }

  @Override
  public boolean isUserFunction(String name) {
    return false;
  }

  @Override
  public FunctionKind functionKind(String name) {
    return FUNCTIONS.getOrDefault(name, FunctionKind.SCALAR);
  }

  @Override
  public List<String> functionNames() {
    return FUNCTIONS.keySet().stream().sorted().toList();
  }

  @Override
  public Column expressionType(String text, List<Argument> arguments) {
    if (text.matches("\\w+")) {
      throw new SparkError(
          "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION",
          "No variable has this name.",
          OptionalInt.empty(),
          new IllegalStateException());
    }
    return callType(text, arguments, false);
  }

  @Override
  public StatementEffect effect(String text, Map<String, RelNode> known) {
    return effects.getOrDefault(text, new StatementEffect.Unknown());
  }

  @Override
  public String setting(String key, String otherwise) {
    return settings.getOrDefault(key, otherwise);
  }

  @Override
  public Column callType(String function, List<Argument> arguments, boolean distinct) {
    asked.add(function);
    if (rejects.test(function)) {
      throw new SparkError(
          "DATATYPE_MISMATCH.X",
          "cannot call " + function,
          OptionalInt.empty(),
          new IllegalStateException());
    }
    String type = TYPES.getOrDefault(function, "string");
    String answer = type.equals("=0") ? arguments.get(0).type() : type;
    return new Column(function, answer, true);
  }

  @Override
  public List<Column> generatedColumns(String function, List<Argument> arguments) {
    String array = arguments.get(0).type();
    return List.of(new Column("col", array.substring("array<".length(), array.length() - 1), true));
  }

  @Override
  public Optional<String> columnName(String expression, Set<String> structs) {
    return Optional.empty();
  }

  @Override
  public AnalyzedText analyze(String text, Map<String, RelNode> named) {
    analyzed.add(text);
    for (Map.Entry<String, List<Column>> word : accepted.entrySet()) {
      if (text.contains(word.getKey())) {
        return new AnalyzedText(text, word.getValue(), named.keySet());
      }
    }
    throw new SparkError(
        "ANY", "Spark does not accept this.", OptionalInt.empty(), new IllegalStateException());
  }

  @Override
  public void parse(String text) {
    if (text.contains("tabel")) {
      throw new SparkError(
          "PARSE_SYNTAX_ERROR",
          "Syntax error at or near 'tabel'",
          OptionalInt.of(text.indexOf("tabel")),
          new IllegalArgumentException(text));
    }
  }
}
