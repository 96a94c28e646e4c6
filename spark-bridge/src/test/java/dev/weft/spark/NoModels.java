package dev.weft.spark;

import dev.weft.planner.spi.ModelCatalog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A catalog without models. */
final class NoModels implements ModelCatalog {

  @Override
  public List<String> names() {
    return List.of();
  }

  @Override
  public List<Integer> numbers(String name) {
    return List.of();
  }

  @Override
  public SortedMap<String, Integer> aliases(String name) {
    return new TreeMap<>();
  }

  @Override
  public Optional<Integer> latest(String name) {
    return Optional.empty();
  }

  @Override
  public Optional<Instant> created(String name, int version) {
    return Optional.empty();
  }

  @Override
  public Map<String, ServedVersion> served() {
    return Map.of();
  }

  @Override
  public Optional<TrainedModel> find(String name, Optional<String> version) {
    return Optional.empty();
  }

  @Override
  public List<String> endpoints() {
    return List.of();
  }

  @Override
  public Guess guess(String name, int version) {
    return new Guess(List.of(), List.of());
  }

  @Override
  public Map<String, Double> importances(String name, int version) {
    return Map.of();
  }

  @Override
  public List<List<Object>> heldOutMetrics(String name, int version) {
    return List.of();
  }
}
