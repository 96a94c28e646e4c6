package dev.weft.repl.terminal;

import dev.weft.grammar.Highlighting;
import dev.weft.grammar.StyledToken;
import dev.weft.grammar.StyledToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of the statement around the cursor, in capitals where they are not quoted.
 *
 * @param before those in front of the word at the cursor
 * @param all those of the whole statement
 */
record Tokens(List<String> before, List<String> all) {

  /** Splits the line at the cursor's word. */
  static Tokens around(Word word) {
    String line = word.line();
    int end = statementEnd(line, word.cursor());
    List<String> before = words(line.substring(0, word.start()));
    List<String> all = new ArrayList<>(before);
    all.addAll(words(line.substring(word.start(), end)));
    return new Tokens(afterSemicolon(before), afterSemicolon(all));
  }

  /** The word {@code back} places before the cursor's, 1 being the nearest; empty if none. */
  String previous(int back) {
    int index = before.size() - back;
    return index < 0 ? "" : before.get(index);
  }

  /** The statement's first word; empty if the cursor is in it. */
  String first() {
    return before.isEmpty() ? "" : before.get(0);
  }

  /** Words that are not inside brackets that have been closed, with the open bracket depth. */
  int depth() {
    int depth = 0;
    for (String word : before) {
      depth += word.equals("(") ? 1 : word.equals(")") ? -1 : 0;
    }
    return depth;
  }

  /** Where the last of those words stands before the cursor, or -1. */
  int last(String... words) {
    int found = -1;
    for (String word : words) {
      found = Math.max(found, before.lastIndexOf(word));
    }
    return found;
  }

  private static int statementEnd(String line, int cursor) {
    for (StyledToken token : Highlighting.tokens(line)) {
      if (token.start() >= cursor && line.charAt(token.start()) == ';') {
        return token.start();
      }
    }
    return line.length();
  }

  private static List<String> afterSemicolon(List<String> words) {
    return List.copyOf(words.subList(words.lastIndexOf(";") + 1, words.size()));
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (StyledToken token : Highlighting.tokens(text)) {
      String word = text.substring(token.start(), token.end());
      if (token.kind() == Kind.QUOTED_NAME) {
        words.add(word.replace("`", ""));
      } else if (token.kind() != Kind.COMMENT) {
        words.add(word.toUpperCase(Locale.ROOT));
      }
    }
    return words;
  }
}
