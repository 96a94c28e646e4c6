package dev.weft.engine.model;

import dev.weft.planner.spi.BrokenModel;
import dev.weft.planner.spi.ModelCatalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The models of a project: {@code models/<name>/<version>/}, immutable once there. A version
 * appears by one rename, so readers and a second writer see all of it or nothing.
 */
public final class ModelStore implements ModelCatalog {

  private static final String DRAFT = ".draft-";

  /** A draft this old belongs to a process that is gone. */
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final Path folder;
  private final EndpointStore endpoints;
  private final ConcurrentHashMap<Path, Verified> verified = new ConcurrentHashMap<>();

  /**
   * A version whose files were held against its manifest.
   *
   * @param stamp which file the manifest was: another process may have made the folder anew
   */
  private record Verified(String stamp, Manifest manifest) {}

  /** A store in a project's {@code .weft} folder, which need not exist yet. */
  public ModelStore(Path weftFolder) {
    this.folder = weftFolder.resolve("models");
    this.endpoints = new EndpointStore(weftFolder.resolve("endpoints"));
  }

  /** The endpoints of the same project. */
  public EndpointStore endpointStore() {
    return endpoints;
  }

  @Override
  public List<String> names() {
    return Folders.list(folder).stream()
        .filter(path -> !numbers(path).isEmpty())
        .map(Folders::name)
        .toList();
  }

  @Override
  public List<Integer> numbers(String name) {
    return numbers(home(name));
  }

  @Override
  public SortedMap<String, Integer> aliases(String name) {
    return VersionNames.read(home(name)).aliases();
  }

  @Override
  public Optional<Integer> latest(String name) {
    return VersionNames.read(home(name)).latest(numbers(name));
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
    return VersionNames.read(home(name)).of(version);
  }

  /** Aliases, rolling back and dropping. */
  public VersionChanges changes() {
    return new VersionChanges(this);
  }

  /** What is known of a version that is gone. */
  void forget(String name, int version) {
    verified.remove(folder(name, version));
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

  /** The folder of a version. */
  public Path folder(String name, int version) {
    return home(name).resolve(String.valueOf(version));
  }

  /**
   * A version's manifest.
   *
   * @throws BrokenModel when it is missing, unreadable or of a newer layout
   */
  public Manifest manifest(String name, int version) {
    Path file = folder(name, version).resolve(Manifest.FILE);
    try {
      Manifest manifest = Json.read(file, Manifest.class);
      if (manifest.format() > Manifest.FORMAT) {
        throw new BrokenModel(label(name, version), "a newer Weft wrote it");
      }
      return manifest;
    } catch (IOException e) {
      String reason =
          Files.exists(folder(name, version))
              ? "its manifest cannot be read"
              : "it has been dropped";
      throw new BrokenModel(label(name, version), reason);
    }
  }

  /**
   * A version's manifest after its files were held against it, once per process.
   *
   * @throws BrokenModel when a file is missing or has changed
   */
  public Manifest verified(String name, int version) {
    Path path = folder(name, version);
    String stamp = stamp(path.resolve(Manifest.FILE));
    return verified.compute(
            path,
            (key, known) ->
                known != null && known.stamp.equals(stamp) && !stamp.isEmpty()
                    ? known
                    : new Verified(stamp, verify(key, name, version)))
        .manifest;
  }

  /** Which file this is and when it was written; empty where there is none. */
  private static String stamp(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return found.fileKey() + " " + found.lastModifiedTime() + " " + found.size();
    } catch (IOException gone) {
      return "";
    }
  }

  /** An empty folder beside the versions, where a model is made before it is published. */
  public Path draft(String name) throws IOException {
    Path home = home(name);
    for (int attempt = 1; ; attempt++) {
      Files.createDirectories(home);
      sweep(home);
      try {
        return Files.createDirectory(home.resolve(DRAFT + UUID.randomUUID()));
      } catch (NoSuchFileException e) {
        // A writer that gave up has just removed the empty folder.
        if (attempt == 10) {
          throw e;
        }
      }
    }
  }

  /** Removes a draft that will not be published, and the model's folder if that leaves it empty. */
  public void discard(Path draft) {
    Folders.delete(draft);
    Path home = draft.getParent();
    if (home != null && Folders.list(home).isEmpty()) {
      boolean removed = home.toFile().delete();
      assert removed || Files.exists(home) : "another writer's draft keeps the folder";
    }
  }

  /**
   * Makes a draft the next version.
   *
   * @param describe gives the manifest for a version number
   */
  public Manifest publish(String name, Path draft, IntFunction<Manifest> describe)
      throws IOException {
    while (true) {
      int given = VersionNames.read(home(name)).last();
      int version = Math.max(given, numbers(name).stream().findFirst().orElse(0)) + 1;
      Manifest manifest = describe.apply(version);
      Json.write(draft.resolve(Manifest.FILE), manifest);
      if (moved(draft, folder(name, version))) {
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

  /** A rename onto a folder that another writer has published meanwhile fails, and tells so. */
  private static boolean moved(Path draft, Path target) throws IOException {
    try {
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (FileSystemException e) {
      if (Files.exists(target)) {
        return false;
      }
      throw e;
    }
  }

  private Manifest verify(Path path, String name, int version) {
    Manifest manifest = manifest(name, version);
    try {
      SortedMap<String, String> actual = Folders.hashes(path);
      for (var file : manifest.files().entrySet()) {
        if (!file.getValue().equals(actual.get(file.getKey()))) {
          String state = actual.containsKey(file.getKey()) ? "has changed" : "is missing";
          throw new BrokenModel(label(name, version), "its file " + file.getKey() + " " + state);
        }
      }
    } catch (IOException e) {
      throw new BrokenModel(label(name, version), "its files cannot be read");
    }
    return manifest;
  }

  Path home(String name) {
    return folder.resolve(Folders.element(name));
  }

  /** The version numbers in a model's folder, newest first. */
  private static List<Integer> numbers(Path home) {
    List<Integer> numbers = new ArrayList<>();
    for (Path entry : Folders.list(home)) {
      String text = String.valueOf(entry.getFileName());
      if (text.matches("[1-9][0-9]{0,8}")) {
        numbers.add(Integer.valueOf(text));
      }
    }
    numbers.sort(Comparator.reverseOrder());
    return numbers;
  }

  private static void sweep(Path home) throws IOException {
    try (var entries = Files.list(home)) {
      for (Path entry : entries.toList()) {
        String hidden = String.valueOf(entry.getFileName());
        boolean left = hidden.startsWith(DRAFT) || hidden.startsWith(VersionChanges.DROPPED);
        if (left && abandoned(entry)) {
          Folders.delete(entry);
        }
      }
    }
  }

  /** A draft that is published meanwhile is not there any more, and not abandoned. */
  private static boolean abandoned(Path draft) throws IOException {
    try {
      Instant touched = Files.getLastModifiedTime(draft).toInstant();
      return touched.isBefore(Instant.now().minus(ABANDONED));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static String label(String name, int version) {
    return name + "@" + version;
  }
}
