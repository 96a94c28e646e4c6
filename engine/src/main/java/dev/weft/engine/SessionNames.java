package dev.weft.engine;

import dev.weft.engine.model.ModelStore;
import dev.weft.planner.AlgorithmCatalog;
import dev.weft.planner.AlgorithmDeclaration.OptionDeclaration;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.RelationalCatalog;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.rel.RelNode;

/** Gathers the names a session can complete. */
final class SessionNames {

  private SessionNames() {}

  static Names of(EngineParts parts, AlgorithmCatalog algorithms, Workspace workspace) {
    RelationalCatalog catalog = parts.relations().get().catalog();
    Map<String, List<Column>> tables = new TreeMap<>();
    for (String table : catalog.tableNames()) {
      tables.put(table, catalog.tableColumns(table).orElse(List.of()));
    }
    workspace.tables().forEach((name, plan) -> tables.put(name, columns(plan)));
    return new Names(
        tables,
        models(parts.store()),
        options(algorithms),
        catalog.functionNames(),
        parts.store().endpoints(),
        catalog.formats(),
        List.of("planner"));
  }

  private static List<Column> columns(RelNode plan) {
    return plan.getRowType().getFieldList().stream()
        .map(
            f ->
                new Column(
                    f.getName(),
                    f.getType().getSqlTypeName().getName().toLowerCase(Locale.ROOT),
                    f.getType().isNullable()))
        .toList();
  }

  private static Map<String, List<String>> models(ModelStore store) {
    Map<String, List<String>> models = new TreeMap<>();
    store.names().forEach(name -> models.put(name, store.versions(name)));
    return models;
  }

  private static Map<String, List<String>> options(AlgorithmCatalog algorithms) {
    Map<String, List<String>> options = new TreeMap<>();
    algorithms
        .all()
        .forEach(
            a -> options.put(a.name(), a.options().stream().map(OptionDeclaration::name).toList()));
    return options;
  }
}
