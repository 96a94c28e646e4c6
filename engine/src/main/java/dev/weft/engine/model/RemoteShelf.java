package dev.weft.engine.model;

import dev.weft.engine.spi.RemoteFiles;
import dev.weft.planner.spi.ModelsUnreachable;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A folder of another file system: {@code <name>/<version>/}, as in a project. A version is there
 * once its manifest is, which comes last and by one rename, since not every store renames folders
 * at once; who writes a version has claimed its number by a file that only one writer can make. The
 * files are read from a copy on this machine, each held against the manifest's hash.
 */
final class RemoteShelf implements Shelf {

  private static final String CLAIM = ".claim";
  private static final String DRAFT = ".draft-";

  private final Supplier<RemoteFiles> opened;
  private final String folder;
  private final boolean one;
  private final Path copies;

  private RemoteShelf(Supplier<RemoteFiles> opened, String folder, boolean one, Path copies) {
    this.opened = opened;
    this.folder = folder.replaceFirst("/+$", "");
    this.one = one;
    this.copies = copies;
  }

  /** A folder with a folder for each model. */
  static RemoteShelf ofAll(Supplier<RemoteFiles> opened, String folder, Path copies) {
    return new RemoteShelf(opened, folder, false, copies);
  }

  /** The folder of one model, which is its name. */
  static RemoteShelf ofOne(Supplier<RemoteFiles> opened, String folder, Path copies) {
    return new RemoteShelf(opened, folder, true, copies);
  }

  /** What is done with the files there. */
  private interface Asked<T> {
    T of(RemoteFiles files) throws IOException;
  }

  private <T> T ask(Asked<T> question) {
    try {
      return question.of(files());
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private ModelsUnreachable unreachable(IOException failure) {
    return new ModelsUnreachable(folder, RemoteReason.of(failure));
  }

  private RemoteFiles files() {
    return opened.get();
  }

  @Override
  public List<String> names() {
    return one
        ? List.of()
        : ask(files -> files.holding(folder, 2, Manifest.FILE)).stream()
            .filter(path -> Folders.number(path.substring(path.indexOf('/') + 1)).isPresent())
            .map(path -> path.substring(0, path.indexOf('/')))
            .distinct()
            .map(Folders::name)
            .toList();
  }

  @Override
  public List<Integer> numbers(String name) {
    return versions(ask(files -> files.holding(home(name), 1, Manifest.FILE)));
  }

  private static List<Integer> versions(List<String> folders) {
    return folders.stream()
        .flatMap(entry -> Folders.number(entry).stream())
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  @Override
  public boolean has(String name, int version) {
    return ask(files -> files.exists(manifestFile(name, version)));
  }

  @Override
  public VersionNames called(String name) {
    return VersionNames.read(name, () -> read(home(name) + "/" + VersionNames.FILE));
  }

  /** Only what is not there is told as such; a store that does not answer is no empty one. */
  private byte[] read(String file) throws IOException {
    try {
      return files().read(file);
    } catch (FileNotFoundException none) {
      throw none;
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  @Override
  public void call(String name, VersionNames names) throws IOException {
    files().replace(home(name) + "/" + VersionNames.FILE, bytes(names));
  }

  @Override
  public Manifest manifest(String name, int version) throws IOException {
    return Manifest.read(read(manifestFile(name, version)));
  }

  @Override
  public String stamp(String name, int version) {
    return ask(files -> files.stamp(manifestFile(name, version)));
  }

  @Override
  public Path files(String name, Manifest manifest) throws IOException {
    Path copy = copy(name, manifest);
    if (!isWhole(copy, manifest)) {
      Path draft = besideCopies(name);
      try {
        fetch(name, manifest, draft);
        Folders.delete(copy);
        Files.move(draft, copy, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Folders.delete(draft);
      }
    }
    return copy;
  }

  private static boolean isWhole(Path copy, Manifest manifest) throws IOException {
    if (!Files.isDirectory(copy)) {
      return false;
    }
    SortedMap<String, String> there = Folders.hashes(copy);
    return there.entrySet().containsAll(manifest.files().entrySet());
  }

  private void fetch(String name, Manifest manifest, Path draft) throws IOException {
    for (String file : manifest.files().keySet()) {
      Path to = draft.resolve(file).normalize();
      if (!to.startsWith(draft)) {
        throw new IOException("its file " + file + " lies elsewhere");
      }
      Files.createDirectories(to.getParent());
      try {
        files().download(folder(name, manifest.version()) + "/" + file, to);
      } catch (FileNotFoundException missing) {
        // Whoever holds the copy against the manifest tells it.
        Files.deleteIfExists(to);
      }
    }
    Json.write(draft.resolve(Manifest.FILE), manifest);
  }

  @Override
  public String place(String name, int version) {
    return folder(name, version);
  }

  /** A store that does not answer is told before hours of training, not behind them. */
  @Override
  public Path draft(String name) throws IOException {
    int unused = given(name);
    return besideCopies(name);
  }

  private Path besideCopies(String name) throws IOException {
    Path home = copies(name);
    Files.createDirectories(home);
    return Files.createDirectory(home.resolve(DRAFT + UUID.randomUUID()));
  }

  @Override
  public void discard(Path draft) {
    Folders.delete(draft);
  }

  @Override
  public boolean publish(String name, Path draft, Manifest manifest) throws IOException {
    String target = folder(name, manifest.version());
    String claim = target + "/" + CLAIM;
    if (!files().create(claim, bytes(UUID.randomUUID().toString()))) {
      return false;
    }
    if (files().exists(target + "/" + Manifest.FILE)) {
      files().delete(claim);
      return false;
    }
    boolean published = false;
    try {
      for (String file : manifest.files().keySet()) {
        files().upload(draft.resolve(file), target + "/" + file);
      }
      files().replace(target + "/" + Manifest.FILE, bytes(manifest));
      published = true;
    } finally {
      files().delete(published ? claim : target);
    }
    keep(name, draft, manifest);
    return true;
  }

  /** What was just written need not be fetched; copies of versions that are gone go. */
  private void keep(String name, Path draft, Manifest manifest) throws IOException {
    Json.write(draft.resolve(Manifest.FILE), manifest);
    Path copy = copy(name, manifest);
    Folders.delete(copy);
    Files.move(draft, copy, StandardCopyOption.ATOMIC_MOVE);
    List<Integer> there = numbers(name);
    for (Path other : Folders.list(copies(name))) {
      String number = String.valueOf(other.getFileName()).replaceFirst("-.*", "");
      if (Folders.number(number).filter(there::contains).isEmpty()) {
        Folders.delete(other);
      }
    }
  }

  /** A version that is being written has its number. */
  @Override
  public int given(String name) {
    List<String> all = new ArrayList<>(ask(files -> files.list(home(name))));
    return versions(all).stream().findFirst().orElse(0);
  }

  /** Without its manifest it is gone for everyone. */
  @Override
  public void remove(String name, int version) throws IOException {
    files().delete(manifestFile(name, version));
    files().delete(folder(name, version));
  }

  @Override
  public Closeable lock(String name) throws IOException {
    return RemoteLock.take(files(), home(name));
  }

  private String home(String name) {
    return one ? folder : folder + "/" + Folders.element(name);
  }

  private String folder(String name, int version) {
    return home(name) + "/" + version;
  }

  private String manifestFile(String name, int version) {
    return folder(name, version) + "/" + Manifest.FILE;
  }

  private Path copies(String name) {
    return copies.resolve(Folders.element(home(name)));
  }

  /** The content names it: a version that another process made anew has another copy. */
  private Path copy(String name, Manifest manifest) {
    String hash = Folders.sha256(bytes(manifest)).substring(0, 16);
    return copies(name).resolve(manifest.version() + "-" + hash);
  }

  private static byte[] bytes(Object value) {
    return Json.text(value).getBytes(StandardCharsets.UTF_8);
  }
}
