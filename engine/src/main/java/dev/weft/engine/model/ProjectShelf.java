package dev.weft.engine.model;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * A folder of this machine: {@code <name>/<version>/}. A version appears by one rename, so readers
 * and a second writer see all of it or nothing.
 */
final class ProjectShelf implements Shelf {

  private static final String DRAFT = ".draft-";

  /** What a version on its way out is called: gone by one rename, then removed. */
  private static final String DROPPED = ".dropped-";

  /** A draft this old belongs to a process that is gone. */
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final Path folder;

  ProjectShelf(Path folder) {
    this.folder = folder;
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

  private static List<Integer> numbers(Path home) {
    List<Integer> numbers = new ArrayList<>();
    for (Path entry : Folders.list(home)) {
      Folders.number(String.valueOf(entry.getFileName())).ifPresent(numbers::add);
    }
    numbers.sort(Comparator.reverseOrder());
    return numbers;
  }

  @Override
  public boolean has(String name, int version) {
    return Files.isDirectory(folder(name, version));
  }

  @Override
  public VersionNames called(String name) {
    Path file = home(name).resolve(VersionNames.FILE);
    return VersionNames.read(name, () -> Files.readAllBytes(file));
  }

  @Override
  public void call(String name, VersionNames names) throws IOException {
    Json.write(home(name).resolve(VersionNames.FILE), names);
  }

  @Override
  public Manifest manifest(String name, int version) throws IOException {
    return Manifest.read(Files.readAllBytes(folder(name, version).resolve(Manifest.FILE)));
  }

  @Override
  public String stamp(String name, int version) {
    try {
      Path file = folder(name, version).resolve(Manifest.FILE);
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return found.fileKey() + " " + found.lastModifiedTime() + " " + found.size();
    } catch (IOException gone) {
      return "";
    }
  }

  @Override
  public Path files(String name, Manifest manifest) {
    return folder(name, manifest.version());
  }

  @Override
  public String place(String name, int version) {
    return folder(name, version).toString();
  }

  @Override
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

  /** Removes the model's folder too, if that leaves it empty. */
  @Override
  public void discard(Path draft) {
    Folders.delete(draft);
    Path home = draft.getParent();
    if (home != null && Folders.list(home).isEmpty()) {
      boolean removed = home.toFile().delete();
      assert removed || Files.exists(home) : "another writer's draft keeps the folder";
    }
  }

  /** A rename onto a folder that another writer has published meanwhile fails, and tells so. */
  @Override
  public boolean publish(String name, Path draft, Manifest manifest) throws IOException {
    Json.write(draft.resolve(Manifest.FILE), manifest);
    Path target = folder(name, manifest.version());
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

  @Override
  public int given(String name) {
    return numbers(name).stream().findFirst().orElse(0);
  }

  @Override
  public void remove(String name, int version) throws IOException {
    Path aside = home(name).resolve(DROPPED + UUID.randomUUID());
    Files.move(folder(name, version), aside, StandardCopyOption.ATOMIC_MOVE);
    Folders.delete(aside);
  }

  @Override
  public Closeable lock(String name) throws IOException {
    return HomeLock.take(home(name));
  }

  private Path home(String name) {
    return folder.resolve(Folders.element(name));
  }

  private Path folder(String name, int version) {
    return home(name).resolve(String.valueOf(version));
  }

  private static void sweep(Path home) throws IOException {
    try (var entries = Files.list(home)) {
      for (Path entry : entries.toList()) {
        String hidden = String.valueOf(entry.getFileName());
        boolean left = hidden.startsWith(DRAFT) || hidden.startsWith(DROPPED);
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
}
