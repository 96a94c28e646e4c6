package dev.weft.grammar.format;

import java.util.List;

/**
 * A token as it is to be written.
 *
 * @param before comments that stand on lines of their own before it
 * @param text the token
 * @param space whether a blank parts it from the word before on the same line
 * @param after comments that follow it on its line
 */
public record Word(List<Comment> before, String text, boolean space, List<Comment> after) {

  /** Copies the lists. */
  public Word {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /**
   * A comment.
   *
   * @param start where it stands in the text
   * @param apart whether an empty line stands before it
   */
  public record Comment(String text, int start, boolean apart) {

    boolean endsLine() {
      return text.startsWith("--");
    }
  }

  /** Whether it cannot go on a line with the word before. */
  boolean breaks() {
    return !before.isEmpty();
  }

  /** Whether it cannot go on a line with the word behind. */
  boolean ends() {
    return !after.isEmpty() && after.get(after.size() - 1).endsLine();
  }

  /** Its width with the blank before it; a text of several lines counts to the end of its first. */
  int width() {
    int comments = 0;
    for (Comment comment : after) {
      comments += comment.text().length() + 1;
    }
    int line = text.indexOf('\n');
    return (line < 0 ? text.length() : line) + (space ? 1 : 0) + comments;
  }
}
