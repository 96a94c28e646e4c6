package dev.weft.engine.model;

import dev.weft.engine.spi.RemoteFiles;
import dev.weft.planner.spi.BrokenModel;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A version of a model in a folder of another file system, outside of any project. */
public final class RemoteModel {

  private RemoteModel() {}

  /** Whether a folder holds a model. */
  public static boolean isModel(RemoteFiles files, String folder) throws IOException {
    return files.exists(folder + "/" + Manifest.FILE);
  }

  /**
   * Copies a model there in place of what is there. Its manifest goes first and comes last, so that
   * no reader takes half of it for a model.
   */
  public static void put(RemoteFiles files, Path model, String folder) throws IOException {
    byte[] manifest = Files.readAllBytes(model.resolve(Manifest.FILE));
    files.delete(folder + "/" + Manifest.FILE);
    files.delete(folder);
    for (String file : Manifest.read(manifest).files().keySet()) {
      files.upload(model.resolve(file), folder + "/" + file);
    }
    files.replace(folder + "/" + Manifest.FILE, manifest);
  }

  /**
   * Copies a model from there, with the files that its manifest names and no others.
   *
   * @throws BrokenModel when its manifest cannot be read or names files elsewhere
   */
  public static void take(RemoteFiles files, String folder, Path to) throws IOException {
    byte[] text = files.read(folder + "/" + Manifest.FILE);
    Manifest manifest;
    try {
      manifest = Manifest.read(text);
    } catch (IOException e) {
      throw new BrokenModel(folder, "its manifest cannot be read");
    }
    for (String file : manifest.files().keySet()) {
      Path place = to.resolve(file).normalize();
      if (!place.startsWith(to)) {
        throw new BrokenModel(folder, "its file " + file + " lies elsewhere");
      }
      Files.createDirectories(Objects.requireNonNull(place.getParent()));
      try {
        files.download(folder + "/" + file, place);
      } catch (FileNotFoundException missing) {
        throw new BrokenModel(folder, "its file " + file + " is missing");
      }
    }
    Files.writeString(to.resolve(Manifest.FILE), new String(text, StandardCharsets.UTF_8));
  }
}
