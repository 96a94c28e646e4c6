package dev.weft.spark;

import dev.weft.engine.Progress;
import dev.weft.engine.spi.Run;
import dev.weft.spark.catalog.ProjectCatalog;
import dev.weft.spark.catalog.WriteTarget;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;

/** One session's use of the project's catalog, which other processes change meanwhile. */
final class CatalogAccess {

  private static final String OWN = "spark_catalog";

  private boolean told;

  /**
   * Before a session is asked anything: what others have changed, it must not answer from memory.
   */
  synchronized void refresh(SparkSession session) {
    ProjectCatalog catalog = catalog(session);
    if (!told) {
      catalog.tell(session.sessionState().catalog());
      told = true;
    }
    catalog.refresh();
  }

  /** Runs a statement while nobody else writes the table that it writes. */
  <T> T writing(SparkSession session, LogicalPlan parsed, Run run, Supplier<T> work) {
    Optional<List<String>> target = WriteTarget.of(parsed).flatMap(parts -> own(session, parts));
    if (target.isEmpty()) {
      return work.get();
    }
    String database = target.get().get(0).toLowerCase(Locale.ROOT);
    String table = target.get().get(1).toLowerCase(Locale.ROOT);
    ProjectCatalog.Writing held =
        catalog(session)
            .writing(database, table, run.cancelled(), holder -> waiting(holder, table, run));
    try {
      return work.get();
    } finally {
      held.close();
    }
  }

  private static void waiting(String holder, String table, Run run) {
    String what = "waiting for " + holder + ", which writes the table " + table;
    run.progress().accept(Progress.of(what, 0, 0, ""));
  }

  /** Database and name of a table in our own catalog. */
  private static Optional<List<String>> own(SparkSession session, List<String> parts) {
    List<String> name =
        parts.size() == 3 && parts.get(0).equalsIgnoreCase(OWN) ? parts.subList(1, 3) : parts;
    if (name.size() == 1) {
      return Optional.of(
          List.of(session.sessionState().catalog().getCurrentDatabase(), name.get(0)));
    }
    return name.size() == 2 ? Optional.of(name) : Optional.empty();
  }

  private static ProjectCatalog catalog(SparkSession session) {
    return (ProjectCatalog) session.sharedState().externalCatalog().unwrapped();
  }
}
