package dev.weft.grammar;

/**
 * A text that statements come from, and the name that error messages give it.
 *
 * @param name a path as the user wrote it, {@code <command>} for {@code -e}, or another bracketed
 *     word
 * @param text the whole text
 */
public record Source(String name, String text) {

  /** The name of text given on the command line. */
  public static final String COMMAND = "<command>";

  @Override
  public String toString() {
    return name;
  }
}
