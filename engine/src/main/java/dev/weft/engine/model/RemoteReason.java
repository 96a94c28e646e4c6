package dev.weft.engine.model;

import java.io.IOException;
import java.util.Optional;

/** Why another file system did not do what it was asked, in a few words. */
public final class RemoteReason {

  private static final int LONGEST = 300;

  private RemoteReason() {}

  /** The first line of what it said; its kind where it said nothing. */
  public static String of(IOException failure) {
    String said = Optional.ofNullable(failure.getMessage()).orElse("").strip();
    // Hadoop ends with the address of a page about its own settings.
    String line =
        said.lines().findFirst().orElse("").replaceFirst(";? *For more details see:.*", "");
    if (line.isEmpty()) {
      return failure.getClass().getSimpleName();
    }
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
