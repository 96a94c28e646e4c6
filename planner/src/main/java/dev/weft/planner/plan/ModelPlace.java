package dev.weft.planner.plan;

import java.nio.file.Path;

/**
 * Where EXPORT writes a model and IMPORT reads one.
 *
 * @param text an absolute path of this machine, or the URI of another file system
 * @param remote whether it is a URI
 */
public record ModelPlace(String text, boolean remote) {

  /** The path; only of a place on this machine. */
  public Path path() {
    if (remote) {
      throw new IllegalStateException("'" + text + "' is no path of this machine");
    }
    return Path.of(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
