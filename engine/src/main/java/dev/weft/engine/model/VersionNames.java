package dev.weft.engine.model;

import dev.weft.planner.spi.BrokenModel;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the versions of a model are called beside their numbers: {@code names.json} in the model's
 * folder, there once something has been named, rolled back or dropped.
 *
 * @param format the layout's version; readers refuse a newer one
 * @param last the highest number that a dropped version had, so that none is given twice
 */
record VersionNames(
    int format, int last, SortedMap<String, Integer> aliases, Optional<RolledBack> rolledBack) {

  static final String FILE = "names.json";

  private static final int FORMAT = 1;

  /** Nothing named. */
  static final VersionNames NONE = new VersionNames(FORMAT, 0, new TreeMap<>(), Optional.empty());

  VersionNames {
    aliases = new TreeMap<>(Optional.ofNullable(aliases).orElseGet(TreeMap::new));
    rolledBack = Optional.ofNullable(rolledBack).flatMap(back -> back);
  }

  /**
   * The name alone stands for {@code to}, until there is a version newer than {@code from}: so the
   * rename that publishes a version makes it the latest too.
   */
  record RolledBack(int from, int to) {}

  /** A file's content. */
  interface Content {
    /** The bytes. */
    byte[] get() throws IOException;
  }

  /**
   * Reads those of a model.
   *
   * @throws BrokenModel when they cannot be understood
   */
  static VersionNames read(String model, Content content) {
    try {
      VersionNames names = Json.read(content.get(), VersionNames.class);
      if (names.format() > FORMAT) {
        throw new BrokenModel(model, "a newer Weft wrote its " + FILE);
      }
      return names;
    } catch (FileNotFoundException | NoSuchFileException none) {
      return NONE;
    } catch (IOException e) {
      throw new BrokenModel(model, "its " + FILE + " cannot be read");
    }
  }

  VersionNames with(String alias, Optional<Integer> version) {
    SortedMap<String, Integer> changed = new TreeMap<>(aliases);
    version.ifPresentOrElse(number -> changed.put(alias, number), () -> changed.remove(alias));
    return new VersionNames(format, last, changed, rolledBack);
  }

  VersionNames rolledBack(int from, int to) {
    return new VersionNames(format, last, aliases, Optional.of(new RolledBack(from, to)));
  }

  VersionNames without(List<Integer> dropped) {
    SortedMap<String, Integer> kept = new TreeMap<>(aliases);
    kept.values().removeAll(dropped);
    int highest = dropped.stream().mapToInt(number -> number).max().orElse(0);
    return new VersionNames(format, Math.max(last, highest), kept, rolledBack);
  }

  /**
   * The version that the name alone stands for.
   *
   * @param numbers those that there are, newest first
   */
  Optional<Integer> latest(List<Integer> numbers) {
    Optional<Integer> newest = numbers.stream().findFirst();
    return newest
        .flatMap(
            top ->
                rolledBack
                    .filter(back -> top <= back.from())
                    .flatMap(back -> numbers.stream().filter(n -> n <= back.to()).findFirst()))
        .or(() -> newest);
  }

  /** The aliases of a version, sorted. */
  List<String> of(int version) {
    return aliases.entrySet().stream()
        .filter(alias -> alias.getValue() == version)
        .map(Map.Entry::getKey)
        .toList();
  }
}
