package dev.weft.ml;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Clears a model folder whose training did not end well. */
final class HalfWritten {

  private HalfWritten() {}

  /** Empties the folder and leaves it. */
  static void delete(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        PrivateFolder.deleteTree(entry);
      }
    } catch (IOException e) {
      // The engine does not publish it: nothing of it becomes a model.
    }
  }
}
