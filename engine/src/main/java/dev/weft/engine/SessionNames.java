package dev.weft.engine;

import dev.weft.engine.model.ModelStore;
import dev.weft.planner.AlgorithmCatalog;
import dev.weft.planner.AlgorithmDeclaration.OptionDeclaration;
import dev.weft.planner.Settings;
import dev.weft.planner.analyze.FormatOptions;
import dev.weft.planner.param.ParamValue;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelsUnreachable;
import dev.weft.planner.spi.RelationalCatalog;
import dev.weft.planner.spi.SparkError;
import dev.weft.planner.types.SparkTypes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gathers the names a session can complete. */
final class SessionNames {

  private SessionNames() {}

  static Names of(EngineParts parts, AlgorithmCatalog algorithms, Workspace workspace) {
    RelationalCatalog catalog = parts.relations().get().catalog();
    Map<String, List<Column>> tables = new TreeMap<>();
    for (String table : catalog.tableNames()) {
      tables.put(table, columns(catalog, table));
    }
    workspace
        .tables()
        .forEach((name, plan) -> tables.put(name, SparkTypes.columns(plan.getRowType())));
    return new Names(
        tables,
        models(parts.store()),
        options(algorithms),
        catalog.functionNames(),
        parts.store().endpoints(),
        formats(catalog),
        Settings.keys().stream().map(key -> "weft." + key).toList(),
        workspace.params().values().stream().map(ParamValue::name).sorted().toList());
  }

  /** A table that cannot be understood is still there by its name. */
  private static List<Column> columns(RelationalCatalog catalog, String table) {
    try {
      return catalog.tableColumns(table).orElse(List.of());
    } catch (SparkError broken) {
      return List.of();
    }
  }

  private static Map<String, List<String>> models(ModelStore store) {
    Map<String, List<String>> models = new TreeMap<>();
    try {
      store.names().forEach(name -> models.put(name, store.versions(name)));
    } catch (ModelsUnreachable away) {
      // A statement that needs one will say so.
    }
    return models;
  }

  private static Map<String, List<String>> formats(RelationalCatalog catalog) {
    Map<String, List<String>> formats = new TreeMap<>();
    catalog.formats().forEach(format -> formats.put(format, FormatOptions.known(format)));
    return formats;
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
