package dev.weft.spark;

import dev.weft.planner.error.SparkSentence;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.FileSource;
import dev.weft.planner.spi.RelationalCatalog;
import dev.weft.planner.spi.SparkError;
import dev.weft.planner.spi.StatementEffect;
import dev.weft.planner.spi.TableStatistics;
import dev.weft.spark.convert.PrettyNames;
import dev.weft.spark.error.SparkErrors;
import dev.weft.spark.file.FileSources;
import dev.weft.spark.file.Formats;
import dev.weft.spark.file.RootPaths;
import dev.weft.spark.statistics.SourceStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.calcite.rel.RelNode;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.connector.catalog.CatalogManager;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.internal.SessionState;
import org.jspecify.annotations.Nullable;

/** What planning asks, answered by Spark's own catalog, data sources and analyser. */
public final class SparkCatalog implements RelationalCatalog {

  private static final Set<String> NO_TABLE =
      Set.of(
          "TABLE_OR_VIEW_NOT_FOUND",
          "SCHEMA_NOT_FOUND",
          "REQUIRES_SINGLE_PART_NAMESPACE",
          "INVALID_IDENTIFIER");

  private final CompletableFuture<SparkSession> starting;

  /** A name of one part, which no quotes can change. */
  private static final Pattern SIMPLE = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  private final Supplier<SparkSession> session;
  private final FileSources files;
  private final Supplier<PlanBuilder> plans;
  private final Functions functions;
  private final SourceStatistics statistics = new SourceStatistics();

  /** What was parsed last, whose effect is asked next. */
  private final AtomicReference<@Nullable Parsed> last = new AtomicReference<>();

  SparkCatalog(
      CompletableFuture<SparkSession> starting,
      Supplier<SparkSession> session,
      FileSources files,
      Supplier<PlanBuilder> plans) {
    this.starting = starting;
    this.session = session;
    this.files = files;
    this.plans = plans;
    this.functions = new Functions(starting, session);
  }

  @Override
  public List<String> formats() {
    return Formats.NAMES;
  }

  @Override
  public List<Column> columnsOf(FileSource source) {
    return asked(() -> Ddl.columns(files.infer(source)));
  }

  @Override
  public boolean isStored(String name) {
    return asked(() -> stored(name).orElse(false));
  }

  @Override
  public Optional<List<Column>> tableColumns(String name) {
    boolean simple = SIMPLE.matcher(name).matches();
    if (simple && !asked(() -> isThere(name))) {
      return Optional.empty();
    }
    try {
      return Optional.of(asked(() -> Ddl.columns(session.get().table(name).schema())));
    } catch (SparkError missing) {
      String condition = missing.condition().toUpperCase(Locale.ROOT);
      if (NO_TABLE.contains(condition) || condition.startsWith("PARSE_SYNTAX_ERROR")) {
        if (simple) {
          throw broken(name, missing);
        }
        return Optional.empty();
      }
      throw missing;
    }
  }

  /** A view is there, and what it reads is not. */
  private static SparkError broken(String view, SparkError missing) {
    String sentence = String.valueOf(missing.getMessage());
    String why = SparkSentence.running(missing.condition(), missing.parameters(), sentence);
    return new SparkError(
        "", "the view '" + view + "' cannot be read: " + why, OptionalInt.empty(), missing);
  }

  /** Spark's analyser would say no by an exception, which costs more than the question. */
  private boolean isThere(String name) {
    SessionState state = session.get().sessionState();
    if (state.catalog().getTempView(name).isDefined()) {
      return true;
    }
    return stored(name).orElse(true);
  }

  /** What the current catalog says, where it is one of tables. */
  private Optional<Boolean> stored(String name) {
    CatalogManager catalogs = session.get().sessionState().catalogManager();
    return catalogs.currentCatalog() instanceof TableCatalog tables
        ? Optional.of(tables.tableExists(Identifier.of(catalogs.currentNamespace(), name)))
        : Optional.empty();
  }

  @Override
  public List<String> tableNames() {
    List<String> names = new ArrayList<>();
    for (Row row : session.get().catalog().listTables().select("name").collectAsList()) {
      names.add(row.getString(0));
    }
    return names;
  }

  @Override
  public boolean functionExists(String name) {
    return functions.exists(name);
  }

  @Override
  public boolean isUserFunction(String name) {
    return functions.isUsers(name);
  }

  @Override
  public FunctionKind functionKind(String name) {
    return functions.kind(name);
  }

  @Override
  public List<String> functionNames() {
    return functions.names();
  }

  @Override
  public Column callType(String function, List<Argument> arguments, boolean distinct) {
    return asked(() -> functions.type(function, arguments, distinct));
  }

  @Override
  public Column expressionType(String text, List<Argument> arguments) {
    return asked(() -> functions.type(text, arguments));
  }

  @Override
  public Optional<String> constantText(String expression) {
    return functions.constantText(expression);
  }

  @Override
  public List<Column> generatedColumns(String function, List<Argument> arguments) {
    return asked(() -> functions.generated(function, arguments));
  }

  @Override
  public String setting(String key, String otherwise) {
    return starting.isDone()
        ? session.get().sessionState().conf().getConfString(key, otherwise)
        : otherwise;
  }

  @Override
  public Optional<String> columnName(String expression, Set<String> structs) {
    return PrettyNames.of(expression, structs);
  }

  @Override
  public AnalyzedText analyze(String text, Map<String, RelNode> tables) {
    return asked(
        () -> {
          SparkQuery query =
              new SparkQuery(Parsing.plan(session.get(), text), new ScriptTables(tables));
          LogicalPlan plan = plans.get().logical(query);
          Dataset<Row> analyzed = plans.get().dataset(plan);
          return new AnalyzedText(text, Ddl.columns(analyzed.schema()), query);
        });
  }

  @Override
  public void parse(String text) {
    try {
      last.set(new Parsed(text, Parsing.plan(text)));
    } catch (RuntimeException wrong) {
      throw SparkErrors.syntax(wrong, text);
    }
  }

  @Override
  public StatementEffect effect(String text, Map<String, RelNode> tables) {
    Parsed parsed = last.getAndSet(null);
    return asked(() -> new Effects(plans, tables).of(plan(text, parsed)));
  }

  @Override
  public boolean changesNothing(String text) {
    return asked(() -> Effects.isNothing(plan(text, last.get())));
  }

  private static LogicalPlan plan(String text, @Nullable Parsed parsed) {
    return parsed != null && parsed.text.equals(text) ? parsed.plan : Parsing.plan(text);
  }

  @Override
  public Optional<TableStatistics> statistics(FileSource source, List<String> columns) {
    return statistics.of(source, columns);
  }

  /** Nothing of a table that an earlier statement is going to make. */
  @Override
  public Optional<TableStatistics> statistics(String table, List<String> columns) {
    try {
      return asked(
          () -> statistics.of(session.get().table(table).queryExecution().analyzed(), columns));
    } catch (SparkError missing) {
      return Optional.empty();
    }
  }

  @Override
  public long sentBytes() {
    return Math.max(
        0, asked(() -> session.get().sessionState().conf().autoBroadcastJoinThreshold()));
  }

  @Override
  public List<String> filesOf(String table) {
    return asked(() -> RootPaths.of(session.get().table(table).queryExecution().analyzed()));
  }

  @Override
  public List<String> filesOf(AnalyzedText text) {
    return asked(
        () -> {
          LogicalPlan plan = plans.get().logical((SparkQuery) text.handle());
          return RootPaths.of(plans.get().dataset(plan).queryExecution().analyzed());
        });
  }

  private record Parsed(String text, LogicalPlan plan) {}

  private static <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (SparkError ours) {
      throw ours;
    } catch (Throwable failure) {
      throw SparkErrors.analysis(failure);
    }
  }
}
