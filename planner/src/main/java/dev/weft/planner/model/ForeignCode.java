package dev.weft.planner.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells files whose reading may run whatever code somebody has put into them. */
public final class ForeignCode {

  private static final Set<String> PICKLES =
      Set.of("pkl", "pickle", "joblib", "dill", "cloudpickle", "pt", "pth", "ckpt");

  private static final int PICKLE = 0x80;

  /** What follows an x where joblib has compressed. */
  private static final Set<Integer> ZLIB = Set.of(0x01, 0x9c, 0xda);

  private ForeignCode() {}

  /** What to say of a file that may hold code; empty for others, and for folders. */
  public static Optional<String> sentence(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    String ending = name.substring(name.lastIndexOf('.') + 1);
    if (PICKLES.contains(ending) || isPickle(file)) {
      return Optional.of(
          "it is a pickle, which may run any code when it is read; write the model as ONNX where it"
              + " was made, and import that");
    }
    return Optional.empty();
  }

  /** A pickle of protocol 2 to 5, compressed ones too, or a zip as PyTorch writes. */
  private static boolean isPickle(Path file) {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(4);
    } catch (IOException unreadable) {
      return false;
    }
    boolean pickle = head.length > 1 && (head[0] & 0xff) == PICKLE && head[1] >= 2 && head[1] <= 5;
    boolean zip = head.length > 3 && head[0] == 'P' && head[1] == 'K' && head[2] == 3;
    boolean gzip = head.length > 1 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b;
    boolean zlib = head.length > 1 && head[0] == 'x' && ZLIB.contains(head[1] & 0xff);
    return pickle || zip || gzip || zlib;
  }
}
