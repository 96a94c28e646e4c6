package dev.weft.spark;

import dev.weft.engine.spi.Run;
import dev.weft.grammar.WholeWord;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.calcite.rel.RelNode;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.catalog.SessionCatalog;
import org.apache.spark.sql.catalyst.catalog.TemporaryViewRelation;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import scala.Option;

/**
 * Runs statements of Spark's own. A query gets the script's tables put into its plan; a command,
 * which looks names up itself, finds them as views while it runs.
 */
final class SparkStatements {

  /** Views are the session's, so that two commands must not see each other's. */
  private final ReentrantLock commands = new ReentrantLock();

  private final Supplier<SparkSession> session;
  private final Supplier<PlanBuilder> plans;
  private final CatalogAccess access;

  SparkStatements(
      Supplier<SparkSession> session, Supplier<PlanBuilder> plans, CatalogAccess access) {
    this.session = session;
    this.plans = plans;
    this.access = access;
  }

  Dataset<Row> run(String text, Map<String, RelNode> tables, Run run) {
    LogicalPlan parsed = Parsing.plan(session.get(), text);
    if (!(parsed instanceof Command) && !(parsed instanceof ParsedStatement)) {
      return plans
          .get()
          .dataset(plans.get().logical(new SparkQuery(parsed, new ScriptTables(tables))));
    }
    commands.lock();
    try {
      return access.writing(session.get(), parsed, run, () -> command(text, tables));
    } finally {
      commands.unlock();
    }
  }

  private Dataset<Row> command(String text, Map<String, RelNode> tables) {
    boolean listing = text.toLowerCase(Locale.ROOT).stripLeading().startsWith("show");
    SessionCatalog catalog = session.get().sessionState().catalog();
    Map<String, Option<TemporaryViewRelation>> before = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, RelNode> table : tables.entrySet()) {
        String name = table.getKey();
        // A statement may be about anything else that has the letters of the name.
        if (listing || WholeWord.in(text, name).find()) {
          Optional<Dataset<Row>> rows = rows(table.getValue());
          if (rows.isPresent()) {
            before.put(name, catalog.getRawTempView(name));
            rows.get().createOrReplaceTempView(name);
          }
        }
      }
      return session.get().sql(text);
    } finally {
      before.forEach((name, view) -> restore(catalog, name, view));
    }
  }

  /** What reads a function or a table that is gone by now is no reason to refuse others. */
  private Optional<Dataset<Row>> rows(RelNode table) {
    try {
      return Optional.of(plans.get().dataset(table));
    } catch (Throwable broken) {
      // Spark's analysis errors are checked exceptions that Scala does not declare.
      if (broken instanceof AnalysisException) {
        return Optional.empty();
      }
      throw broken;
    }
  }

  private static void restore(
      SessionCatalog catalog, String name, Option<TemporaryViewRelation> view) {
    catalog.dropTempView(name);
    if (view.isDefined()) {
      catalog.createTempView(name, view.get(), true);
    }
  }
}
