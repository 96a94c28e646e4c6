package dev.weft.engine.model;

import dev.weft.engine.spi.RemoteFiles;
import dev.weft.planner.spi.BrokenModel;
import dev.weft.planner.spi.ModelCatalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The models of a project, immutable once there, in its folder or in one of another file system;
 * and those that are named by the URI of a folder of their own.
 */
public final class ModelStore implements ModelCatalog {

  /** A scheme and a slash; a drive's letter is none. */
  private static final Pattern URI = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:/.*");

  private final Shelf project;
  private final Path copies;
  private final Supplier<RemoteFiles> remote;
  private final EndpointStore endpoints;
  private final ConcurrentHashMap<List<Object>, Verified> verified = new ConcurrentHashMap<>();

  /**
   * A version whose files were held against its manifest.
   *
   * @param stamp which file the manifest was: another process may have made the version anew
   * @param files the folder that holds them
   */
  private record Verified(String stamp, Manifest manifest, Path files) {}

  /** A version of a model that can be used: its manifest, and the folder with its files. */
  public record Stored(Manifest manifest, Path folder) {}

  /** A store in a project's {@code .weft} folder, which need not exist yet. */
  public ModelStore(Path weftFolder) {
    this(
        weftFolder,
        "",
        () -> {
          throw new IllegalStateException("this store has no other file systems");
        });
  }

  /**
   * A store whose models lie in a folder of another file system; endpoints stay in the project.
   *
   * @param folder the folder's URI; empty for {@code models} in the project
   * @param remote asked when a model there, or one named by a URI, is used
   */
  public ModelStore(Path weftFolder, String folder, Supplier<RemoteFiles> remote) {
    this.copies = weftFolder.resolve("copies");
    this.remote = remote;
    this.project =
        folder.isBlank()
            ? new ProjectShelf(weftFolder.resolve("models"))
            : RemoteShelf.ofAll(remote, folder.strip(), copies);
    this.endpoints = new EndpointStore(weftFolder.resolve("endpoints"));
  }

  /** The other file systems. */
  public RemoteFiles remote() {
    return remote.get();
  }

  /** Where the versions of a model lie. */
  Shelf shelf(String name) {
    return URI.matcher(name).matches() ? RemoteShelf.ofOne(remote, name, copies) : project;
  }

  /** The endpoints of the same project. */
  public EndpointStore endpointStore() {
    return endpoints;
  }

  @Override
  public List<String> names() {
    return project.names();
  }

  @Override
  public List<Integer> numbers(String name) {
    return shelf(name).numbers(name);
  }

  @Override
  public SortedMap<String, Integer> aliases(String name) {
    return shelf(name).called(name).aliases();
  }

  @Override
  public Optional<Integer> latest(String name) {
    return shelf(name).called(name).latest(numbers(name));
  }

  @Override
  public Optional<TrainedModel> find(String name, Optional<String> version) {
    Optional<Integer> found = version.isEmpty() ? latest(name) : number(name, version.get());
    return found.map(number -> new TrainedModel(number, manifest(name, number).signature()));
  }

  private Optional<Integer> number(String name, String version) {
    return numbers(name).stream()
        .filter(number -> version.equals(String.valueOf(number)))
        .findFirst()
        .or(() -> Optional.ofNullable(aliases(name).get(version)));
  }

  @Override
  public Optional<Instant> created(String name, int version) {
    try {
      return Optional.of(Instant.parse(manifest(name, version).created()));
    } catch (BrokenModel | DateTimeException unknown) {
      return Optional.empty();
    }
  }

  @Override
  public Map<String, ServedVersion> served() {
    Map<String, ServedVersion> served = new TreeMap<>();
    endpoints
        .all()
        .forEach(e -> served.put(e.endpoint(), new ServedVersion(e.model(), e.version())));
    return served;
  }

  /** The aliases of a version, sorted. */
  public List<String> aliasesOf(String name, int version) {
    return shelf(name).called(name).of(version);
  }

  /** Aliases, rolling back and dropping. */
  public VersionChanges changes() {
    return new VersionChanges(this);
  }

  /** What is known of a version that is gone. */
  void forget(String name, int version) {
    verified.remove(List.<Object>of(name, version));
  }

  @Override
  public List<List<Object>> heldOutMetrics(String name, int version) {
    return manifest(name, version).metricsOf("test").stream()
        .map(metric -> row(metric.name(), known(metric.value()), known(metric.baseline())))
        .toList();
  }

  /** Null for what a metric does not have: a number that is none. */
  private static @Nullable Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }

  /** The port's type says nothing of nulls among the values. */
  @SuppressWarnings("NullAway")
  private static List<Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  @Override
  public Guess guess(String name, int version) {
    Manifest manifest = manifest(name, version);
    return new Guess(manifest.classes(), manifest.guess());
  }

  @Override
  public Map<String, Double> importances(String name, int version) {
    return manifest(name, version).importances();
  }

  @Override
  public Map<Integer, String> fitted(String name, int version) {
    return manifest(name, version).fitted();
  }

  @Override
  public List<String> endpoints() {
    return endpoints.names();
  }

  /** Where a version lies, to be shown. */
  public String place(String name, int version) {
    return shelf(name).place(name, version);
  }

  /**
   * A version's manifest.
   *
   * @throws BrokenModel when it is missing, unreadable or of a newer layout
   */
  public Manifest manifest(String name, int version) {
    Shelf shelf = shelf(name);
    try {
      Manifest manifest = shelf.manifest(name, version);
      if (manifest.format() > Manifest.FORMAT) {
        throw new BrokenModel(label(name, version), "a newer Weft wrote it");
      }
      return manifest;
    } catch (IOException e) {
      String reason =
          shelf.has(name, version) ? "its manifest cannot be read" : "it has been dropped";
      throw new BrokenModel(label(name, version), reason);
    }
  }

  /**
   * A version after its files were held against its manifest, once per process.
   *
   * @throws BrokenModel when a file is missing or has changed
   */
  public Stored verified(String name, int version) {
    String stamp = shelf(name).stamp(name, version);
    Verified found =
        verified.compute(
            List.<Object>of(name, version),
            (key, known) ->
                known != null && known.stamp.equals(stamp) && !stamp.isEmpty()
                    ? known
                    : verify(stamp, name, version));
    return new Stored(found.manifest, found.files);
  }

  /** An empty folder of this machine, where a model is made before it is published. */
  public Path draft(String name) throws IOException {
    return shelf(name).draft(name);
  }

  /** Removes a draft, where it was not published. */
  public void discard(String name, Path draft) {
    shelf(name).discard(draft);
  }

  /**
   * Makes a draft the next version.
   *
   * @param describe gives the manifest for a version number
   */
  public Manifest publish(String name, Path draft, IntFunction<Manifest> describe)
      throws IOException {
    Shelf shelf = shelf(name);
    while (true) {
      int version = Math.max(shelf.called(name).last(), shelf.given(name)) + 1;
      Manifest manifest = describe.apply(version);
      if (shelf.publish(name, draft, manifest)) {
        return manifest;
      }
    }
  }

  /** The hashes of a draft's files, for its manifest. */
  public static SortedMap<String, String> hashes(Path draft) throws IOException {
    return Folders.hashes(draft);
  }

  /** The model's own hash: what it computes, not when or where it was made. */
  public static String hash(Object... parts) {
    return Folders.sha256(Json.text(List.of(parts)).getBytes(StandardCharsets.UTF_8));
  }

  private Verified verify(String stamp, String name, int version) {
    Manifest manifest = manifest(name, version);
    try {
      Path folder = shelf(name).files(name, manifest);
      SortedMap<String, String> actual = Folders.hashes(folder);
      for (var file : manifest.files().entrySet()) {
        if (!file.getValue().equals(actual.get(file.getKey()))) {
          String state = actual.containsKey(file.getKey()) ? "has changed" : "is missing";
          throw new BrokenModel(label(name, version), "its file " + file.getKey() + " " + state);
        }
      }
      return new Verified(stamp, manifest, folder);
    } catch (IOException e) {
      throw new BrokenModel(label(name, version), "its files cannot be read");
    }
  }

  private static String label(String name, int version) {
    return name + "@" + version;
  }
}
