package dev.weft.engine.task;

import dev.weft.engine.TableRows;
import dev.weft.engine.model.Manifest;
import dev.weft.engine.model.ModelStore;
import dev.weft.grammar.ErrorCode;
import dev.weft.planner.plan.StatementPlan.DescribeModelPlan;
import dev.weft.planner.spi.BrokenModel;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelSignature.Feature;
import dev.weft.planner.spi.Transform;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Schema;

/** DESCRIBE MODEL: everything a version's manifest says. */
final class DescribeModelTask implements Task<DescribeModelPlan> {

  private static final List<Column> COLUMNS =
      List.of(new Column("property", "string", false), new Column("value", "string", true));

  @Override
  public Outcome run(DescribeModelPlan plan, TaskContext context) {
    ModelStore store = context.parts().store();
    int version = plan.model().version().orElseThrow();
    try {
      Manifest manifest = store.manifest(plan.model().name(), version);
      List<List<String>> rows = rows(manifest);
      rows.addAll(names(store, plan.model().name(), version));
      rows.add(List.of("folder", store.place(plan.model().name(), version)));
      return Outcome.answer(plan.model().toString(), TableRows.of(COLUMNS, rows));
    } catch (BrokenModel e) {
      throw ErrorCode.MODEL_CORRUPT.failure(plan.span(), e.model(), e.reason());
    }
  }

  @Override
  public Schema schema(DescribeModelPlan plan, TaskContext context) {
    return TableRows.schema(COLUMNS);
  }

  private static List<List<String>> rows(Manifest manifest) {
    List<List<String>> rows = new ArrayList<>();
    var signature = manifest.signature();
    rows.add(List.of("name", manifest.name()));
    rows.add(List.of("version", String.valueOf(manifest.version())));
    rows.add(List.of("algorithm", signature.algorithm()));
    rows.add(List.of("task", signature.task().name().toLowerCase(Locale.ROOT)));
    signature.label().ifPresent(l -> rows.add(List.of("label", l.name() + " " + l.type())));
    if (!manifest.classes().isEmpty()) {
      rows.add(List.of("classes", String.join(", ", manifest.classes())));
    }
    for (Feature feature : signature.inputs()) {
      String kind = feature.kind().name().toLowerCase(Locale.ROOT);
      rows.add(List.of("feature " + feature.name(), feature.type() + ", " + kind));
    }
    signature.transform().ifPresent(transform -> rows.addAll(transform(transform, manifest)));
    new TreeMap<>(manifest.parameters())
        .forEach((key, value) -> rows.add(List.of("parameter " + key, String.valueOf(value))));
    manifest
        .metrics()
        .forEach(m -> rows.add(List.of(m.data() + " " + m.name(), String.valueOf(m.value()))));
    rows.add(List.of("rows", String.valueOf(manifest.rows())));
    rows.add(List.of("rows held out", String.valueOf(manifest.heldOut())));
    rows.add(List.of("rows without label", String.valueOf(manifest.dropped())));
    rows.add(List.of("seed", String.valueOf(manifest.seed())));
    rows.add(List.of("query", manifest.query()));
    manifest.inputs().forEach(i -> rows.add(List.of("input " + i.kind(), i.told())));
    new TreeMap<>(manifest.versions())
        .forEach((key, value) -> rows.add(List.of("version of " + key, value)));
    rows.add(List.of("created", manifest.created()));
    rows.add(List.of("hash", manifest.hash()));
    return rows;
  }

  /** What the version is called, beside its number, and which others there are. */
  private static List<List<String>> names(ModelStore store, String name, int version) {
    String latest = store.latest(name).map(String::valueOf).orElse("");
    List<Integer> numbers = store.numbers(name);
    boolean back = !latest.equals(String.valueOf(numbers.stream().findFirst().orElse(0)));
    String versions = numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return List.of(
        List.of("aliases", String.join(", ", store.aliasesOf(name, version))),
        List.of("versions", versions),
        List.of("latest", latest + (back ? ", rolled back" : "")));
  }

  private static List<List<String>> transform(Transform transform, Manifest manifest) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < transform.written().size(); i++) {
      String feature = manifest.signature().features().get(i).name();
      rows.add(List.of("transform " + feature, transform.written().get(i)));
    }
    for (int i = 0; i < transform.fitted().size(); i++) {
      String value = manifest.fitted().getOrDefault(i, "null");
      rows.add(List.of("fitted " + transform.fitted().get(i).aggregate(), value));
    }
    return rows;
  }
}
