package dev.weft.scripts;

import java.util.List;

/**
 * Statements that are submitted together, and the answer that follows them.
 *
 * @param before comments and blank lines in front, kept as they are
 * @param text the statements
 * @param expected the lines of the answer, without {@code "> "}
 */
record Block(List<String> before, String text, List<String> expected) {
  Block {
    before = List.copyOf(before);
    expected = List.copyOf(expected);
  }

  Block answering(List<String> answer) {
    return new Block(before, text, answer);
  }
}
