package dev.weft.planner.analyze;

import dev.weft.planner.FollowUp;
import dev.weft.planner.plan.ModelPlace;
import dev.weft.planner.plan.PlannedModel;
import dev.weft.planner.rel.Named;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;

/** What the statements read so far will have made when the next one runs. */
final class Overlay {

  private final Map<String, Table> tables = new LinkedHashMap<>();
  private final ModelOverlay models;
  private final Map<Path, SavedFile> files = new HashMap<>();
  private final Set<ModelPlace> exported = new HashSet<>();
  private final Map<String, Object> settings = new HashMap<>();
  private final Set<PlannedModel> withoutHeldOut = new HashSet<>();
  private final Set<String> catalogTables = new HashSet<>();
  private final Set<String> storedTables = new HashSet<>();
  private final Set<String> failedTables = new HashSet<>();

  Overlay(Map<String, RelNode> tables, Map<String, Object> settings, ModelOverlay models) {
    this.models = models;
    tables.forEach(this::define);
    this.settings.putAll(settings);
  }

  Overlay copy() {
    Overlay copy = new Overlay(Map.of(), settings, models.copy());
    copy.tables.putAll(tables);
    copy.files.putAll(files);
    copy.exported.addAll(exported);
    copy.withoutHeldOut.addAll(withoutHeldOut);
    copy.catalogTables.addAll(catalogTables);
    copy.storedTables.addAll(storedTables);
    copy.failedTables.addAll(failedTables);
    return copy;
  }

  void define(String name, RelNode relation) {
    tables.put(key(name), new Table(name, Named.of(name, relation)));
    catalogTables.remove(key(name));
    failedTables.remove(key(name));
  }

  /**
   * A statement of Spark's own will have made this table or view.
   *
   * @param lasting whether the same statement would fail if it came again
   */
  void made(String name, RelNode relation, boolean lasting) {
    define(name, relation);
    catalogTables.add(key(name));
    if (lasting) {
      storedTables.add(key(name));
    }
  }

  /** Whether a statement of this script will have stored a table or view of the name. */
  boolean isStored(String name) {
    return storedTables.contains(key(name));
  }

  /**
   * A statement of Spark's own will have removed it. What reads it reports nothing here: whether
   * another one shows behind it is known only then.
   */
  void removed(String name) {
    storedTables.remove(key(name));
    if (catalogTables.contains(key(name)) || !tables.containsKey(key(name))) {
      tableFailed(name);
    }
  }

  boolean isGone(String name) {
    return failedTables.contains(key(name));
  }

  boolean has(String name) {
    return tables.containsKey(key(name));
  }

  /** The name would have been defined; what reads it reports nothing. */
  void tableFailed(String name) {
    tables.remove(key(name));
    failedTables.add(key(name));
  }

  Optional<RelNode> table(String name) {
    if (failedTables.contains(key(name))) {
      throw new FollowUp(name);
    }
    return Optional.ofNullable(tables.get(key(name))).map(Table::relation);
  }

  /** The tables as they were named. */
  Map<String, RelNode> relations() {
    Map<String, RelNode> all = new LinkedHashMap<>();
    tables.values().forEach(table -> all.put(table.name(), table.relation()));
    return all;
  }

  List<String> tableNames() {
    return tables.values().stream().map(Table::name).toList();
  }

  void define(PlannedModel model, boolean heldOut) {
    models.made(model);
    if (!heldOut) {
      withoutHeldOut.add(model);
    }
  }

  ModelOverlay models() {
    return models;
  }

  boolean heldOutNothing(PlannedModel model) {
    return withoutHeldOut.contains(model);
  }

  void save(Path path, SavedFile file) {
    files.put(path, file);
  }

  void exported(ModelPlace place) {
    exported.add(place);
  }

  /** Whether a model will have been written there. */
  boolean isExported(ModelPlace place) {
    return exported.contains(place);
  }

  Optional<SavedFile> saved(Path path) {
    return Optional.ofNullable(files.get(path));
  }

  void set(String key, Object value) {
    settings.put(key, value);
  }

  Optional<Object> setting(String key) {
    return Optional.ofNullable(settings.get(key));
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** A table under the name it was given. */
  private record Table(String name, RelNode relation) {}

  /**
   * What a SAVE of this script will write.
   *
   * @param relation the rows
   */
  record SavedFile(String format, RelNode relation, List<String> partitionBy) {}
}
