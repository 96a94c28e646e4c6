package dev.weft.planner;

import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelCatalog;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Feature;
import dev.weft.planner.spi.ModelSignature.FeatureKind;
import dev.weft.planner.spi.ModelSignature.Task;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One classifier with three versions and one regression without a part held out. */
final class FakeModels implements ModelCatalog {

  private static final ModelSignature LATE =
      new ModelSignature(
          "lightgbm",
          Task.CLASSIFICATION,
          List.of(
              new Feature("distance", "double", FeatureKind.NUMBER),
              new Feature("origin", "string", FeatureKind.CATEGORY)),
          Optional.of(new Column("late", "boolean", true)));
  private static final ModelSignature PRICE =
      new ModelSignature(
          "linear",
          Task.REGRESSION,
          List.of(new Feature("distance", "double", FeatureKind.NUMBER)),
          Optional.of(new Column("price", "double", true)));

  @Override
  public List<String> names() {
    return List.of("late", "price");
  }

  @Override
  public List<Integer> numbers(String name) {
    return name.equals("late") ? List.of(3, 2, 1) : name.equals("price") ? List.of(1) : List.of();
  }

  @Override
  public SortedMap<String, Integer> aliases(String name) {
    return new TreeMap<>(name.equals("late") ? Map.of("prod", 2) : Map.of());
  }

  @Override
  public Optional<Integer> latest(String name) {
    return numbers(name).stream().findFirst();
  }

  @Override
  public Optional<Instant> created(String name, int version) {
    return Optional.of(Instant.parse("2026-01-0" + version + "T00:00:00Z"));
  }

  @Override
  public Map<String, ServedVersion> served() {
    return Map.of("late_api", new ServedVersion("late", 3));
  }

  @Override
  public Optional<TrainedModel> find(String name, Optional<String> version) {
    if (name.equals("price")) {
      return Optional.of(new TrainedModel(1, PRICE));
    }
    if (!name.equals("late")) {
      return Optional.empty();
    }
    String wanted = version.orElse("3").equals("prod") ? "2" : version.orElse("3");
    return versions(name).contains(wanted)
        ? Optional.of(new TrainedModel(Integer.parseInt(wanted), LATE))
        : Optional.empty();
  }

  @Override
  public List<String> endpoints() {
    return List.of("late_api");
  }

  @Override
  public Guess guess(String name, int version) {
    return name.equals("late")
        ? new Guess(List.of("false", "true"), List.of(0.75, 0.25))
        : new Guess(List.of(), List.of(10.0));
  }

  @Override
  public Map<String, Double> importances(String name, int version) {
    return name.equals("late") ? Map.of("distance", 0.75, "origin", 0.25) : Map.of();
  }

  @Override
  public List<List<Object>> heldOutMetrics(String name, int version) {
    return name.equals("late") ? List.of(List.of("auc", 0.6, 0.5)) : List.of();
  }
}
