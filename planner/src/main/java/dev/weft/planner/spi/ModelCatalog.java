package dev.weft.planner.spi;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** What planning asks about trained models. */
public interface ModelCatalog {

  /** Model names. */
  List<String> names();

  /** The version numbers of a model, newest first; empty when there is no such model. */
  List<Integer> numbers(String name);

  /** The aliases of a model, each with the version it stands for. */
  SortedMap<String, Integer> aliases(String name);

  /** The version that the name alone stands for; empty when there is no such model. */
  Optional<Integer> latest(String name);

  /** When a version was made; empty where its manifest does not tell. */
  Optional<Instant> created(String name, int version);

  /** What may stand behind {@code @}: the numbers, newest first, then the aliases. */
  default List<String> versions(String name) {
    return Stream.concat(
            numbers(name).stream().map(String::valueOf), aliases(name).keySet().stream())
        .toList();
  }

  /**
   * A version of a model.
   *
   * @param version a number, an alias, or empty for the latest
   */
  Optional<TrainedModel> find(String name, Optional<String> version);

  /** Endpoint names that are registered. */
  List<String> endpoints();

  /** The versions that endpoints answer with, by the endpoint's name. */
  Map<String, ServedVersion> served();

  /**
   * The metrics a version was stored with for its held-out part: rows of metric, value, baseline;
   * empty when nothing was held out.
   */
  List<List<Object>> heldOutMetrics(String name, int version);

  /** What knowing only the labels that a version was trained on answers. */
  Guess guess(String name, int version);

  /** A version's features with their shares of what it has learnt; empty where it does not tell. */
  Map<String, Double> importances(String name, int version);

  /** What the transform of a version was fitted to, by place; a value that is null is absent. */
  default Map<Integer, String> fitted(String name, int version) {
    return Map.of();
  }

  /**
   * What guessing answers.
   *
   * @param classes the labels as text; empty for regression
   * @param values each class's share of the training rows, or the mean label alone; empty for a
   *     version stored before this was kept
   */
  record Guess(List<String> classes, List<Double> values) {

    /** Copies the lists. */
    public Guess {
      classes = List.copyOf(classes);
      values = List.copyOf(values);
    }
  }

  /** A version behind an endpoint. */
  record ServedVersion(String model, int version) {}

  /** A version of a model that exists. */
  record TrainedModel(int version, ModelSignature signature) {}
}
