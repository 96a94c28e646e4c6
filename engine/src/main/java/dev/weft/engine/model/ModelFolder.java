package dev.weft.engine.model;

import dev.weft.planner.spi.BrokenModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A version of a model outside of a project: its files and their manifest, as EXPORT copies them.
 */
public final class ModelFolder {

  private ModelFolder() {}

  /** Whether a folder holds a model. */
  public static boolean isModel(Path folder) {
    return Files.isRegularFile(folder.resolve(Manifest.FILE));
  }

  /** Copies a model, so that all of it is at the target or what was there before. */
  public static void copy(Path model, Path target) throws IOException {
    Path draft = target.resolveSibling("." + target.getFileName() + "-" + UUID.randomUUID());
    Path before = target.resolveSibling("." + target.getFileName() + "-" + UUID.randomUUID());
    try {
      copyFiles(model, draft);
      if (Files.exists(target)) {
        Files.move(target, before, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      if (Files.exists(before) && !Files.exists(target)) {
        Files.move(before, target, StandardCopyOption.ATOMIC_MOVE);
      }
      throw failure;
    } finally {
      Folders.delete(draft);
      Folders.delete(before);
    }
  }

  private static void copyFiles(Path from, Path to) throws IOException {
    try (Stream<Path> entries = Files.walk(from)) {
      for (Path entry : entries.sorted().toList()) {
        Path copy = to.resolve(from.relativize(entry).toString());
        if (Files.isDirectory(entry)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(entry, copy);
        }
      }
    }
  }

  /**
   * Copies the files that a folder's manifest names into an empty one, each held against its hash;
   * what else lies in the folder stays there.
   *
   * @throws BrokenModel when a file is missing, has changed, or lies elsewhere
   */
  public static Manifest take(Path folder, Path draft) throws IOException {
    String label = String.valueOf(folder.getFileName());
    Manifest manifest = read(folder, label);
    for (var file : manifest.files().entrySet()) {
      Path from = folder.resolve(file.getKey()).normalize();
      if (!from.startsWith(folder.normalize()) || !Files.isRegularFile(from)) {
        throw new BrokenModel(label, "its file " + file.getKey() + " is missing");
      }
      byte[] content = Files.readAllBytes(from);
      if (!Folders.sha256(content).equals(file.getValue())) {
        throw new BrokenModel(label, "its file " + file.getKey() + " has changed");
      }
      Path to = draft.resolve(file.getKey());
      Files.createDirectories(Objects.requireNonNull(to.getParent()));
      Files.write(to, content);
    }
    return manifest;
  }

  private static Manifest read(Path folder, String label) {
    try {
      Manifest manifest = Manifest.read(Files.readAllBytes(folder.resolve(Manifest.FILE)));
      if (manifest.format() > Manifest.FORMAT) {
        throw new BrokenModel(label, "a newer Weft wrote it");
      }
      return manifest;
    } catch (IOException e) {
      throw new BrokenModel(label, "its manifest cannot be read");
    }
  }

  /** Removes a folder and all in it. */
  public static void delete(Path folder) {
    Folders.delete(folder);
  }
}
