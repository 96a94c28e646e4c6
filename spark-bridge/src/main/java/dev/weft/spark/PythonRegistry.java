package dev.weft.spark;

import dev.weft.grammar.ErrorCode;
import dev.weft.planner.plan.PythonScalar;
import dev.weft.planner.plan.StatementPlan.CreateFunctionPlan;
import dev.weft.spark.convert.Catalyst;
import dev.weft.spark.python.CallBinder;
import dev.weft.spark.python.PythonFunctionExpression;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.catalog.CatalogFunction;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalog;
import org.apache.spark.sql.catalyst.catalog.SessionCatalog;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;

/**
 * The Python functions of one session: those that the catalog keeps, as a class name that holds the
 * code, and temporary ones. Spark looks no class up for what its registry has.
 */
final class PythonRegistry {

  private static final long PAUSE_NANOS = 300_000_000L;

  private final CallBinder binder;
  private final Map<FunctionIdentifier, String> known = new HashMap<>();
  private boolean looked;
  private long lastLook;

  PythonRegistry(CallBinder binder) {
    this.binder = binder;
  }

  /** Registers what the catalog has by now; asked often, so it does not look every time. */
  synchronized void refresh(SparkSession session) {
    long now = System.nanoTime();
    if (!looked || now - lastLook > PAUSE_NANOS) {
      looked = true;
      lastLook = now;
      look(session);
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
    FunctionRegistry registry = session.sessionState().functionRegistry();
    String name = function.identifier().funcName();
    FunctionIdentifier identifier = identifier(session, database, name);
    String text = function.className();
    boolean there = text.equals(known.get(identifier)) && registry.functionExists(identifier);
    if (StoredPython.is(text) && !there) {
      register(registry, identifier, StoredPython.read(text));
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
    FunctionIdentifier identifier = catalog.qualifyIdentifier(identifier(plan));
    CatalogFunction function =
        new CatalogFunction(
            identifier, StoredPython.write(plan.function()), Catalyst.seq(List.of()));
    boolean exists = catalog.isPersistentFunction(identifier);
    if (exists && !plan.replace()) {
      taken(plan);
    } else if (exists) {
      catalog.alterFunction(function);
    } else {
      catalog.createFunction(function, false);
    }
    look(session);
  }

  private void createTemporary(SparkSession session, CreateFunctionPlan plan) {
    FunctionIdentifier identifier = identifier(plan);
    FunctionRegistry registry = session.sessionState().functionRegistry();
    if (identifier.database().isDefined()) {
      throw ErrorCode.INVALID_CLAUSE.failure(
          plan.place(), "a temporary function belongs to no database; leave it out");
    }
    if (registry.functionExists(identifier) && !plan.replace()) {
      taken(plan);
      return;
    }
    register(registry, identifier, plan.function());
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

  private void register(
      FunctionRegistry registry, FunctionIdentifier identifier, PythonScalar function) {
    String database = identifier.database().isDefined() ? identifier.database().get() : null;
    registry.registerFunction(
        identifier,
        new ExpressionInfo(
            PythonFunctionExpression.class.getName(), database, identifier.funcName()),
        new PythonFunctionExpression(function, binder));
  }

  private static FunctionIdentifier identifier(CreateFunctionPlan plan) {
    String[] parts = plan.name().toLowerCase(Locale.ROOT).split("\\.");
    String name = parts[parts.length - 1];
    return parts.length > 1
        ? new FunctionIdentifier(name, scala.Option.apply(parts[parts.length - 2]))
        : new FunctionIdentifier(name);
  }
}
