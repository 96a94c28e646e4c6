package dev.weft.engine.model;

import dev.weft.engine.model.EndpointStore.Registered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Changes to which versions of a model there are and what they are called. Each takes the model's
 * lock, so that two writers never undo each other; readers see the state before or after.
 */
public final class VersionChanges {

  /** What a version on its way out is called: gone by one rename, then removed. */
  static final String DROPPED = ".dropped-";

  private final ModelStore store;

  VersionChanges(ModelStore store) {
    this.store = store;
  }

  /** Says in a sentence why a change cannot be made. */
  public static final class Refused extends Exception {
    Refused(String sentence) {
      super(sentence);
    }
  }

  /** Sets an alias to a version, or with none removes it. */
  public void alias(String name, String alias, Optional<Integer> version)
      throws IOException, Refused {
    locked(
        name,
        home -> {
          if (version.isPresent()) {
            require(name, version.get());
          }
          return named(home, VersionNames.read(home).with(alias, version));
        });
  }

  /** Lets the name alone stand for an older version, until the next one is made. */
  public void rollBack(String name, int to) throws IOException, Refused {
    locked(
        name,
        home -> {
          require(name, to);
          VersionNames names = VersionNames.read(home);
          int newest = store.numbers(name).get(0);
          return named(home, names.rolledBack(Math.max(newest, names.last()), to));
        });
  }

  /** Registers an endpoint, unless its version was dropped meanwhile. */
  public void serve(Registered endpoint) throws IOException, Refused {
    locked(
        endpoint.model(),
        home -> {
          require(endpoint.model(), endpoint.version());
          store.endpointStore().put(endpoint);
          return endpoint;
        });
  }

  /** Removes all versions there are; fails before the first where one is served. */
  public List<Integer> dropAll(String name) throws IOException, Refused {
    return locked(
        name,
        home -> {
          List<Integer> all = store.numbers(name);
          for (int version : all) {
            refuseServed(name, version);
          }
          return removed(home, name, all);
        });
  }

  /** Removes a version and tells it; fails where it has an alias or is served. */
  public List<Integer> drop(String name, int version) throws IOException, Refused {
    return locked(
        name,
        home -> {
          require(name, version);
          refuseServed(name, version);
          List<String> aliases = VersionNames.read(home).of(version);
          if (!aliases.isEmpty()) {
            throw new Refused(name + "@" + version + " has got the alias '" + aliases.get(0) + "'");
          }
          return removed(home, name, List.of(version));
        });
  }

  /** Removes those of the versions that are there and not in use, and says which. */
  public List<Integer> dropUnused(String name, List<Integer> versions) throws IOException, Refused {
    return locked(
        name,
        home -> {
          VersionNames names = VersionNames.read(home);
          List<Integer> there = store.numbers(name);
          List<Integer> unused = new ArrayList<>(versions);
          unused.retainAll(there);
          unused.removeAll(names.aliases().values());
          unused.removeAll(names.latest(there).stream().toList());
          unused.removeIf(version -> !store.endpointStore().of(name, version).isEmpty());
          return removed(home, name, unused);
        });
  }

  private static VersionNames named(Path home, VersionNames names) throws IOException {
    names.write(home);
    return names;
  }

  /** The numbers are noted as given before the first is gone, so that none is given again. */
  private List<Integer> removed(Path home, String name, List<Integer> versions) throws IOException {
    VersionNames.read(home).without(versions).write(home);
    List<Path> gone = new ArrayList<>();
    for (int version : versions) {
      Path aside = home.resolve(DROPPED + UUID.randomUUID());
      Files.move(store.folder(name, version), aside, StandardCopyOption.ATOMIC_MOVE);
      store.forget(name, version);
      gone.add(aside);
    }
    gone.forEach(Folders::delete);
    return versions;
  }

  private void refuseServed(String name, int version) throws Refused {
    List<String> endpoints = store.endpointStore().of(name, version);
    if (!endpoints.isEmpty()) {
      throw new Refused(
          "the endpoint '"
              + endpoints.get(0)
              + "' answers with "
              + name
              + "@"
              + version
              + "; write UNSERVE "
              + endpoints.get(0)
              + " first");
    }
  }

  private void require(String name, int version) throws Refused {
    if (!Files.isDirectory(store.folder(name, version))) {
      throw new Refused(name + "@" + version + " has been dropped meanwhile");
    }
  }

  /** A change that has the lock of a model's folder. */
  private interface Change<T> {
    T make(Path home) throws IOException, Refused;
  }

  private <T> T locked(String name, Change<T> change) throws IOException, Refused {
    Path home = store.home(name);
    HomeLock lock;
    try {
      lock = HomeLock.take(home);
    } catch (NoSuchFileException e) {
      throw new Refused("the model '" + name + "' has been removed meanwhile");
    }
    try {
      return change.make(home);
    } finally {
      lock.close();
    }
  }
}
