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

  /** The name of what a model's TRANSFORM is written out as. */
  public static final String TRANSFORM = "<transform>";

  /** The name of the query that an EVALUATE is. */
  public static final String EVALUATE = "<evaluate>";

  /** Whether it is a file of Byzer's language, by its name. */
  public boolean isByzer() {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".byzer") || lower.endsWith(".mlsql");
  }

  /** Whether it is a text of ours, made from the user's, whose places mean nothing to a user. */
  public boolean isOurs() {
    return name.equals(TRANSFORM) || name.equals(EVALUATE);
  }

  @Override
  public String toString() {
    return name;
  }
}
