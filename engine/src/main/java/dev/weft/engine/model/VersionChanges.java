package dev.weft.engine.model;

import dev.weft.engine.model.EndpointStore.Registered;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Changes to which versions of a model there are and what they are called. Each takes the model's
 * lock, so that two writers never undo each other; readers see the state before or after.
 */
public final class VersionChanges {

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
        shelf -> {
          if (version.isPresent()) {
            require(shelf, name, version.get());
          }
          return named(shelf, name, shelf.called(name).with(alias, version));
        });
  }

  /** Lets the name alone stand for an older version, until the next one is made. */
  public void rollBack(String name, int to) throws IOException, Refused {
    locked(
        name,
        shelf -> {
          require(shelf, name, to);
          VersionNames names = shelf.called(name);
          int newest = shelf.numbers(name).get(0);
          return named(shelf, name, names.rolledBack(Math.max(newest, names.last()), to));
        });
  }

  /** Registers an endpoint, unless its version was dropped meanwhile. */
  public void serve(Registered endpoint) throws IOException, Refused {
    locked(
        endpoint.model(),
        shelf -> {
          require(shelf, endpoint.model(), endpoint.version());
          store.endpointStore().put(endpoint);
          return endpoint;
        });
  }

  /** Removes all versions there are; fails before the first where one is served. */
  public List<Integer> dropAll(String name) throws IOException, Refused {
    return locked(
        name,
        shelf -> {
          List<Integer> all = shelf.numbers(name);
          for (int version : all) {
            refuseServed(name, version);
          }
          return removed(shelf, name, all);
        });
  }

  /** Removes a version and tells it; fails where it has an alias or is served. */
  public List<Integer> drop(String name, int version) throws IOException, Refused {
    return locked(
        name,
        shelf -> {
          require(shelf, name, version);
          refuseServed(name, version);
          List<String> aliases = shelf.called(name).of(version);
          if (!aliases.isEmpty()) {
            throw new Refused(name + "@" + version + " has got the alias '" + aliases.get(0) + "'");
          }
          return removed(shelf, name, List.of(version));
        });
  }

  /** Removes those of the versions that are there and not in use, and says which. */
  public List<Integer> dropUnused(String name, List<Integer> versions) throws IOException, Refused {
    return locked(
        name,
        shelf -> {
          VersionNames names = shelf.called(name);
          List<Integer> there = shelf.numbers(name);
          List<Integer> unused = new ArrayList<>(versions);
          unused.retainAll(there);
          unused.removeAll(names.aliases().values());
          unused.removeAll(names.latest(there).stream().toList());
          unused.removeIf(version -> !store.endpointStore().of(name, version).isEmpty());
          return removed(shelf, name, unused);
        });
  }

  private static VersionNames named(Shelf shelf, String name, VersionNames names)
      throws IOException {
    shelf.call(name, names);
    return names;
  }

  /** The numbers are noted as given before the first is gone, so that none is given again. */
  private List<Integer> removed(Shelf shelf, String name, List<Integer> versions)
      throws IOException {
    shelf.call(name, shelf.called(name).without(versions));
    for (int version : versions) {
      shelf.remove(name, version);
      store.forget(name, version);
    }
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

  private static void require(Shelf shelf, String name, int version) throws Refused {
    if (!shelf.has(name, version)) {
      throw new Refused(name + "@" + version + " has been dropped meanwhile");
    }
  }

  /** A change by one that has the lock of a model. */
  private interface Change<T> {
    T make(Shelf shelf) throws IOException, Refused;
  }

  private <T> T locked(String name, Change<T> change) throws IOException, Refused {
    Shelf shelf = store.shelf(name);
    Closeable lock;
    try {
      lock = shelf.lock(name);
    } catch (NoSuchFileException e) {
      throw new Refused("the model '" + name + "' has been removed meanwhile");
    }
    try (lock) {
      return change.make(shelf);
    }
  }
}
