package dev.weft.spark;

import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.RelationalCatalog.Argument;
import dev.weft.planner.spi.RelationalCatalog.FunctionKind;
import dev.weft.spark.convert.CallQuestion;
import dev.weft.spark.convert.Catalyst;
import dev.weft.spark.convert.FunctionIdentifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.SimpleAnalyzer;
import org.apache.spark.sql.catalyst.catalog.SessionCatalog;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.Generator;
import org.apache.spark.sql.catalyst.optimizer.ReplaceExpressions$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StringType;
import scala.Option;

/** Spark's functions; built-in ones are known before Spark has started. */
final class Functions {

  private final CompletableFuture<SparkSession> starting;
  private final Supplier<SparkSession> session;

  Functions(CompletableFuture<SparkSession> starting, Supplier<SparkSession> session) {
    this.starting = starting;
    this.session = session;
  }

  boolean exists(String name) {
    return FunctionRegistry.builtin().functionExists(identifier(name))
        || registered(name).isDefined()
        || stored(name);
  }

  boolean isUsers(String name) {
    return !FunctionRegistry.builtin().functionExists(identifier(name))
        && (registered(name).isDefined() || stored(name));
  }

  FunctionKind kind(String name) {
    Option<ExpressionInfo> builtin = FunctionRegistry.builtin().lookupFunction(identifier(name));
    Option<ExpressionInfo> info = builtin.isDefined() ? builtin : registered(name);
    if (info.isEmpty()) {
      return FunctionKind.SCALAR;
    }
    if (isGenerator(info.get().getClassName())) {
      return FunctionKind.GENERATOR;
    }
    return switch (info.get().getGroup()) {
      case "agg_funcs" -> FunctionKind.AGGREGATE;
      case "window_funcs" -> FunctionKind.WINDOW;
      case "generator_funcs" -> FunctionKind.GENERATOR;
      default -> FunctionKind.SCALAR;
    };
  }

  /** Some generators are filed under what they read, such as JSON. */
  private static boolean isGenerator(String type) {
    try {
      return Generator.class.isAssignableFrom(
          Class.forName(type, false, Generator.class.getClassLoader()));
    } catch (ClassNotFoundException | LinkageError registered) {
      return false;
    }
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    for (FunctionIdentifier name : Catalyst.list(FunctionRegistry.builtin().listFunction())) {
      names.add(name.funcName());
    }
    if (started()) {
      SessionCatalog catalog = session.get().sessionState().catalog();
      for (var found : Catalyst.list(catalog.listFunctions(catalog.getCurrentDatabase()))) {
        if (found._2().equals("USER")) {
          names.add(found._1().funcName());
        }
      }
    }
    return names;
  }

  Column type(String function, List<Argument> arguments, boolean distinct) {
    LogicalPlan question = CallQuestion.plan(function, arguments, distinct, kind(function));
    boolean builtin = FunctionRegistry.builtin().functionExists(identifier(function));
    LogicalPlan answer;
    if (builtin && !started()) {
      answer = SimpleAnalyzer.execute(question);
      SimpleAnalyzer.checkAnalysis(answer);
    } else {
      answer = session.get().sessionState().executePlan(question, mode()).analyzed();
    }
    Attribute result = answer.output().apply(0);
    return new Column(function, Ddl.text(result.dataType()), result.nullable());
  }

  /** The type of an expression of Spark's own text. */
  Column type(String text, List<Argument> arguments) {
    LogicalPlan question = CallQuestion.plan(text, arguments);
    LogicalPlan answer = session.get().sessionState().executePlan(question, mode()).analyzed();
    Attribute result = answer.output().apply(0);
    return new Column(text, Ddl.text(result.dataType()), result.nullable());
  }

  /** What an expression of Spark's own text is, where that is a text of constants. */
  Optional<String> constantText(String text) {
    try {
      LogicalPlan question = CallQuestion.plan(text, List.of());
      LogicalPlan plan = session.get().sessionState().executePlan(question, mode()).analyzed();
      // Some functions stand for others, which alone can be computed.
      Project answer = (Project) ReplaceExpressions$.MODULE$.apply(plan);
      Expression value = ((Alias) answer.projectList().apply(0)).child();
      return value.foldable() && value.dataType() instanceof StringType
          ? Optional.ofNullable(value.eval(null)).map(Object::toString)
          : Optional.empty();
    } catch (Exception unknown) {
      // It reads columns, or is no expression of Spark's; Spark throws what Java does not know of.
      return Optional.empty();
    }
  }

  List<Column> generated(String function, List<Argument> arguments) {
    LogicalPlan question = CallQuestion.generator(function, arguments);
    LogicalPlan answer = session.get().sessionState().executePlan(question, mode()).analyzed();
    List<Column> columns = new ArrayList<>();
    for (Attribute column : Catalyst.list(answer.output())) {
      columns.add(new Column(column.name(), Ddl.text(column.dataType()), column.nullable()));
    }
    return columns;
  }

  private static scala.Enumeration.Value mode() {
    return org.apache.spark.sql.execution.CommandExecutionMode.SKIP();
  }

  private boolean started() {
    return starting.isDone();
  }

  /** A temporary one, or one that the catalog keeps and that has been registered. */
  private Option<ExpressionInfo> registered(String name) {
    FunctionRegistry registry = session.get().sessionState().functionRegistry();
    FunctionIdentifier given = FunctionIdentifiers.identifier(name);
    Option<ExpressionInfo> found = registry.lookupFunction(given);
    return found.isDefined()
        ? found
        : registry.lookupFunction(session.get().sessionState().catalog().qualifyIdentifier(given));
  }

  /** Whether the catalog has it; one in another database is known by its full name only. */
  private boolean stored(String name) {
    List<String> parts = List.of(name.toLowerCase(Locale.ROOT).split("\\.", -1));
    int own = parts.size() == 3 && parts.get(0).equals("spark_catalog") ? 1 : 0;
    SessionCatalog catalog = session.get().sessionState().catalog();
    if (parts.size() - own > 2) {
      return false;
    }
    String function = parts.get(parts.size() - 1);
    return parts.size() == 1
        ? catalog.isPersistentFunction(new FunctionIdentifier(function))
        : catalog.databaseExists(parts.get(own))
            && catalog.isPersistentFunction(
                new FunctionIdentifier(function, Option.apply(parts.get(own))));
  }

  private static FunctionIdentifier identifier(String name) {
    return new FunctionIdentifier(name.toLowerCase(Locale.ROOT));
  }
}
