package dev.weft.grammar.format;

import dev.weft.grammar.format.Doc.Break;
import dev.weft.grammar.format.Doc.Group;
import java.util.ArrayList;
import java.util.List;

/** The clauses of one query or statement, each with a break before it. */
final class Clauses {

  /** What has more clauses has each on its own line, even where one line would do. */
  private static final int MOST_ON_A_LINE = 3;

  private final List<Doc> parts = new ArrayList<>();
  private int count;

  void begin() {
    if (!parts.isEmpty()) {
      parts.add(new Break());
    }
    count++;
  }

  void add(Doc doc) {
    parts.add(doc);
  }

  Group group() {
    return new Group(parts, count > MOST_ON_A_LINE);
  }
}
