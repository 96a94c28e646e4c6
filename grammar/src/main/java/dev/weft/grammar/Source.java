package dev.weft.grammar;

import java.util.Locale;

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

  /** Whether it is a file of Byzer's language, by its name. */
  public boolean isByzer() {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".byzer") || lower.endsWith(".mlsql");
  }

  @Override
  public String toString() {
    return name;
  }
}
