package dev.weft.spark;

import dev.weft.grammar.ErrorCode;
import dev.weft.planner.plan.PythonUdf;
import dev.weft.planner.plan.StatementPlan.CreateFunctionPlan;
import dev.weft.spark.convert.Catalyst;
import dev.weft.spark.convert.CatalystPlans;
import dev.weft.spark.convert.FunctionIdentifiers;
import dev.weft.spark.python.CallBinder;
import dev.weft.spark.python.PythonFunctionExpression;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.TableFunctionRegistry;
import org.apache.spark.sql.catalyst.catalog.CatalogFunction;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalog;
import org.apache.spark.sql.catalyst.catalog.SessionCatalog;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.Inline;
import org.jspecify.annotations.Nullable;

/**
 * The Python functions of one session: those that the catalog keeps, as a class name that holds the
 * code, and temporary ones. Spark looks no class up for what its registry has.
 */
final class PythonRegistry {

  private static final long PAUSE_NANOS = 300_000_000L;

  private final CallBinder binder;
  private final Map<FunctionIdentifier, String> known = new HashMap<>();
  private final Set<FunctionIdentifier> ofRows = new HashSet<>();
  private boolean looked;
  private long lastLook;

  PythonRegistry(CallBinder binder) {
    this.binder = binder;
  }

  /** Registers what the catalog has by now; asked often, so it does not look every time. */
  synchronized void refresh(SparkSession session) {
    forgetDropped(session);
    long now = System.nanoTime();
    if (!looked || now - lastLook > PAUSE_NANOS) {
      looked = true;
      lastLook = now;
      look(session);
    }
  }

  /** Spark drops a name among expressions and leaves it in FROM. */
  private void forgetDropped(SparkSession session) {
    FunctionRegistry registry = session.sessionState().functionRegistry();
    for (FunctionIdentifier identifier : List.copyOf(ofRows)) {
      if (!registry.functionExists(identifier)) {
        session.sessionState().tableFunctionRegistry().dropFunction(identifier);
        ofRows.remove(identifier);
      }
    }
  }

  private void look(SparkSession session) {
    ExternalCatalog stored = session.sharedState().externalCatalog();
    for (String database : Catalyst.list(stored.listDatabases())) {
      for (String name : Catalyst.list(stored.listFunctions(database, "*"))) {
        try {
          register(session, database, stored.getFunction(database, name));
        } catch (Exception broken) {
          // A file that cannot be understood is an error of the statements that need it.
          known.remove(identifier(session, database, name));
        }
      }
    }
  }

  private void register(SparkSession session, String database, CatalogFunction function) {
    String name = function.identifier().funcName();
    FunctionIdentifier identifier = identifier(session, database, name);
    String text = function.className();
    boolean there =
        text.equals(known.get(identifier))
            && session.sessionState().functionRegistry().functionExists(identifier);
    if (StoredPython.is(text) && !there) {
      register(session, identifier, StoredPython.read(text));
      known.put(identifier, text);
    }
  }

  private static FunctionIdentifier identifier(SparkSession session, String database, String name) {
    return session
        .sessionState()
        .catalog()
        .qualifyIdentifier(new FunctionIdentifier(name, scala.Option.apply(database)));
  }

  /** Keeps a function. */
  synchronized void create(SparkSession session, CreateFunctionPlan plan) {
    if (plan.temporary()) {
      createTemporary(session, plan);
      return;
    }
    SessionCatalog catalog = session.sessionState().catalog();
    FunctionIdentifier identifier =
        catalog.qualifyIdentifier(FunctionIdentifiers.identifier(plan.name()));
    String text = StoredPython.write(plan.function());
    CatalogFunction function = new CatalogFunction(identifier, text, Catalyst.seq(List.of()));
    boolean exists = catalog.isPersistentFunction(identifier);
    if (exists && !plan.replace()) {
      taken(plan);
      return;
    }
    if (exists) {
      catalog.alterFunction(function);
    } else {
      catalog.createFunction(function, false);
    }
    register(session, identifier, plan.function());
    known.put(identifier, text);
  }

  private void createTemporary(SparkSession session, CreateFunctionPlan plan) {
    FunctionIdentifier identifier = FunctionIdentifiers.identifier(plan.name());
    FunctionRegistry registry = session.sessionState().functionRegistry();
    if (identifier.database().isDefined()) {
      throw ErrorCode.INVALID_CLAUSE.failure(
          plan.place(), "a temporary function belongs to no database; leave it out");
    }
    if (registry.functionExists(identifier) && !plan.replace()) {
      taken(plan);
      return;
    }
    register(session, identifier, plan.function());
  }

  private static void taken(CreateFunctionPlan plan) {
    if (!plan.ifNotExists()) {
      throw ErrorCode.NAME_TAKEN.failure(
          plan.place(),
          "there is a function '"
              + plan.name()
              + "' already; drop it first, or write CREATE OR REPLACE or IF NOT EXISTS");
    }
  }

  private void register(SparkSession session, FunctionIdentifier identifier, PythonUdf function) {
    FunctionRegistry registry = session.sessionState().functionRegistry();
    String database = identifier.database().isDefined() ? identifier.database().get() : null;
    TableFunctionRegistry relations = session.sessionState().tableFunctionRegistry();
    PythonFunctionExpression call = new PythonFunctionExpression(function, binder);
    if (function.table()) {
      ExpressionInfo info = info(Inline.class, database, identifier);
      registry.registerFunction(identifier, info, call.andThen(Inline::new));
      relations.registerFunction(
          identifier, info, call.andThen(rows -> CatalystPlans.generated(new Inline(rows))));
      ofRows.add(identifier);
    } else {
      registry.registerFunction(identifier, info(call.getClass(), database, identifier), call);
      relations.dropFunction(identifier);
      ofRows.remove(identifier);
    }
  }

  private static ExpressionInfo info(
      Class<?> expression, @Nullable String database, FunctionIdentifier identifier) {
    return new ExpressionInfo(expression.getName(), database, identifier.funcName());
  }
}
