package dev.weft.grammar;

import java.util.List;

/** Where a parse ended and what could have gone on there; never leaves this package. */
final class SyntaxStop extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int index;
  private final transient List<String> expected;

  SyntaxStop(int index, List<String> expected) {
    super(null, null, false, false);
    this.index = index;
    this.expected = List.copyOf(expected);
  }

  /** The number of the token that could not stand where it does. */
  int index() {
    return index;
  }

  /** What could stand there, in words, the likeliest first. */
  List<String> expected() {
    return expected;
  }
}
