package dev.weft.planner.analyze;

import dev.weft.planner.FollowUp;
import dev.weft.planner.plan.ModelVersion;
import dev.weft.planner.plan.PlannedModel;
import dev.weft.planner.spi.ModelCatalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The models as they will be when the next statement runs. */
final class ModelOverlay {

  /** What stands for the version that the name alone stands for. */
  static final String LATEST = "latest";

  private final ModelCatalog stored;
  private final Map<String, Changes> changes = new LinkedHashMap<>();
  private final Set<String> failed = new HashSet<>();
  private final Map<String, Optional<ModelVersion>> endpoints = new LinkedHashMap<>();

  ModelOverlay(ModelCatalog stored) {
    this.stored = stored;
  }

  ModelOverlay copy() {
    ModelOverlay copy = new ModelOverlay(stored);
    changes.forEach((name, changed) -> copy.changes.put(name, changed.copy()));
    copy.failed.addAll(failed);
    copy.endpoints.putAll(endpoints);
    return copy;
  }

  /** A statement makes the next version. */
  void made(PlannedModel model) {
    failed.remove(model.name());
    Changes changed = changes(model.name());
    changed.made.add(ModelVersion.of(model));
    changed.latest = Optional.of(ModelVersion.of(model));
  }

  /** A statement would have made it; what uses it reports nothing. */
  void failed(String name) {
    failed.add(name);
  }

  /** The name alone stands for this version from here on. */
  void latest(ModelVersion version) {
    changes(version.model()).latest = Optional.of(version);
  }

  void alias(String name, String alias, Optional<ModelVersion> version) {
    changes(name).aliases.put(alias, version);
  }

  void dropped(ModelVersion version) {
    changes(version.model()).dropped.add(version);
  }

  /** Every version there is goes, and the aliases with them. */
  void dropped(String name) {
    numbers(name).forEach(this::dropped);
    Changes changed = changes(name);
    aliases(name).forEach(alias -> changed.aliases.put(alias, Optional.empty()));
    changed.latest = Optional.empty();
  }

  void serves(String endpoint, Optional<ModelVersion> version) {
    endpoints.put(endpoint, version);
  }

  /** The endpoints that there will be. */
  List<String> endpoints() {
    List<String> all = new ArrayList<>(stored.endpoints());
    endpoints.forEach(
        (name, version) -> {
          all.remove(name);
          version.ifPresent(served -> all.add(name));
        });
    return all;
  }

  /** The endpoints that answer with a version. */
  List<String> endpoints(ModelVersion version) {
    Set<String> found = new TreeSet<>();
    stored
        .served()
        .forEach(
            (name, served) -> {
              ModelVersion there = ModelVersion.of(served.model(), served.version());
              if (there.equals(version) && !endpoints.containsKey(name)) {
                found.add(name);
              }
            });
    endpoints.forEach(
        (name, served) -> served.filter(version::equals).ifPresent(there -> found.add(name)));
    return List.copyOf(found);
  }

  /** The models that there will be. */
  List<String> names() {
    Set<String> all = new TreeSet<>(stored.names());
    all.addAll(changes.keySet());
    return all.stream().filter(name -> !numbers(name).isEmpty()).toList();
  }

  /** Whether a statement of the script drops a version, or the model. */
  boolean drops(String name) {
    return changes.containsKey(name) && !changes(name).dropped.isEmpty();
  }

  /** Whether a statement of the script makes a version. */
  boolean makes(String name) {
    return changes.containsKey(name) && !changes(name).made.isEmpty();
  }

  /** The versions, newest first. */
  List<ModelVersion> numbers(String name) {
    List<ModelVersion> all = new ArrayList<>();
    if (changes.containsKey(name)) {
      all.addAll(changes(name).made);
      java.util.Collections.reverse(all);
    }
    stored.numbers(name).forEach(number -> all.add(ModelVersion.of(name, number)));
    if (changes.containsKey(name)) {
      all.removeAll(changes(name).dropped);
    }
    return all;
  }

  /** The names that stand for versions. */
  List<String> aliases(String name) {
    Set<String> all = new TreeSet<>(stored.aliases(name).keySet());
    if (changes.containsKey(name)) {
      changes(name)
          .aliases
          .forEach(
              (alias, version) -> {
                all.remove(alias);
                version.ifPresent(there -> all.add(alias));
              });
    }
    return List.copyOf(all);
  }

  /** The aliases that stand for a version. */
  List<String> aliases(ModelVersion version) {
    return aliases(version.model()).stream()
        .filter(alias -> alias(version.model(), alias).filter(version::equals).isPresent())
        .toList();
  }

  /**
   * A version, where there is one.
   *
   * @param version a number, an alias, {@code latest}, or empty for the latest
   */
  Optional<ModelVersion> find(String name, Optional<String> version) {
    if (failed.contains(name)) {
      throw new FollowUp(name);
    }
    if (version.filter(word -> !word.equalsIgnoreCase(LATEST)).isEmpty()) {
      return latest(name);
    }
    String word = version.get();
    return isNumber(word)
        ? numbers(name).stream()
            .filter(there -> there.stored().map(String::valueOf).filter(word::equals).isPresent())
            .findFirst()
        : alias(name, word);
  }

  static boolean isNumber(String version) {
    return version.chars().allMatch(Character::isDigit);
  }

  private Optional<ModelVersion> alias(String name, String alias) {
    if (changes.containsKey(name) && changes(name).aliases.containsKey(alias)) {
      return Optional.ofNullable(changes(name).aliases.get(alias)).flatMap(version -> version);
    }
    return Optional.ofNullable(stored.aliases(name).get(alias))
        .map(number -> ModelVersion.of(name, number));
  }

  /** When the latest is dropped, the one before it is the latest. */
  private Optional<ModelVersion> latest(String name) {
    List<ModelVersion> there = numbers(name);
    Optional<ModelVersion> latest =
        changes.containsKey(name) && changes(name).latest.isPresent()
            ? changes(name).latest
            : stored.latest(name).map(number -> ModelVersion.of(name, number));
    return latest
        .filter(there::contains)
        .or(() -> latest.flatMap(version -> before(version)))
        .or(() -> there.stream().findFirst());
  }

  /** The newest of the versions that are older than one. */
  Optional<ModelVersion> before(ModelVersion version) {
    List<ModelVersion> made =
        changes.containsKey(version.model()) ? changes(version.model()).made : List.of();
    return numbers(version.model()).stream()
        .filter(
            other ->
                version.stored().isPresent()
                    ? other.stored().filter(number -> number < version.number()).isPresent()
                    : other.stored().isPresent() || made.indexOf(other) < made.indexOf(version))
        .findFirst();
  }

  private Changes changes(String name) {
    return changes.computeIfAbsent(name, key -> new Changes());
  }

  /** What the script does to the versions of one model. */
  private static final class Changes {
    private final List<ModelVersion> made = new ArrayList<>();
    private final Set<ModelVersion> dropped = new HashSet<>();
    private final Map<String, Optional<ModelVersion>> aliases = new HashMap<>();
    private Optional<ModelVersion> latest = Optional.empty();

    Changes copy() {
      Changes copy = new Changes();
      copy.made.addAll(made);
      copy.dropped.addAll(dropped);
      copy.aliases.putAll(aliases);
      copy.latest = latest;
      return copy;
    }
  }
}
