package dev.weft.spark.catalog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.QualifiedTableName;
import org.apache.spark.sql.catalyst.catalog.SessionCatalog;
import scala.Option;

/** The sessions that forget what they keep of a table or function when it changes. */
final class ToldSessions {

  private static final String CATALOG = "spark_catalog";

  private final Set<SessionCatalog> sessions =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  void add(SessionCatalog session) {
    sessions.add(session);
  }

  /** A table has changed. */
  void forget(Named table) {
    QualifiedTableName name = new QualifiedTableName(CATALOG, table.database(), table.name());
    now().forEach(session -> session.invalidateCachedTable(name));
  }

  void forgetFunction(Named function) {
    FunctionIdentifier name =
        new FunctionIdentifier(
            function.name(), Option.apply(function.database()), Option.apply(CATALOG));
    now().forEach(session -> session.unregisterFunction(name));
  }

  private List<SessionCatalog> now() {
    synchronized (sessions) {
      return new ArrayList<>(sessions);
    }
  }
}
