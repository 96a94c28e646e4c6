package dev.weft.engine.task;

import dev.weft.engine.TableRows;
import dev.weft.engine.model.Manifest;
import dev.weft.engine.model.ModelStore;
import dev.weft.planner.plan.StatementPlan.ShowModelsPlan;
import dev.weft.planner.spi.BrokenModel;
import dev.weft.planner.spi.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** SHOW MODELS: every version of every model of the project. */
final class ShowModelsTask implements Task<ShowModelsPlan> {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("name", "string", false),
          new Column("version", "int", false),
          new Column("aliases", "string", true),
          new Column("algorithm", "string", true),
          new Column("task", "string", true),
          new Column("label", "string", true),
          new Column("created", "string", true));

  @Override
  public Outcome run(ShowModelsPlan plan, TaskContext context) {
    ModelStore store = context.parts().store();
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (String name : store.names()) {
      for (int version : store.numbers(name)) {
        rows.add(row(store, name, version));
      }
    }
    return Outcome.answer(rows.size() + " models", TableRows.of(COLUMNS, rows));
  }

  @Override
  public Schema schema(ShowModelsPlan plan, TaskContext context) {
    return TableRows.schema(COLUMNS);
  }

  private static String aliases(ModelStore store, String name, int version) {
    try {
      return String.join(", ", store.aliasesOf(name, version));
    } catch (BrokenModel e) {
      return "";
    }
  }

  /** A broken version is shown with what is known, so that it can be seen and removed. */
  private static List<@Nullable Object> row(ModelStore store, String name, int version) {
    try {
      Manifest manifest = store.manifest(name, version);
      var signature = manifest.signature();
      return Arrays.asList(
          name,
          version,
          aliases(store, name, version),
          signature.algorithm(),
          signature.task().name().toLowerCase(Locale.ROOT),
          signature.label().map(Column::name).orElse(null),
          manifest.created());
    } catch (BrokenModel e) {
      return Arrays.asList(name, version, "", "broken: " + e.reason(), null, null, null);
    }
  }
}
