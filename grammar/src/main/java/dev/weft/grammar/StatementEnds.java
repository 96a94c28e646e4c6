package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftLexer;
import java.util.Set;
import org.antlr.v4.runtime.Token;

/** Tells, token by token, which semicolons end a statement: not those between BEGIN and END. */
final class StatementEnds {

  private static final Set<String> BLOCKS = Set.of("IF", "WHILE", "LOOP", "REPEAT", "FOR");
  private static final Set<String> BEFORE = Set.of(";", "BEGIN", "THEN", "ELSE", "DO", "LOOP", ":");

  private String before = ";";
  private boolean compound;
  private boolean first = true;
  private int depth;

  /** Whether this token ends the statement before it. */
  boolean ends(Token token) {
    String word = TokenText.capitals(token);
    if (first) {
      compound = word.equals("BEGIN");
      depth = 0;
      first = false;
    }
    if (compound) {
      step(token, word);
    }
    boolean ends = token.getType() == WeftLexer.SEMICOLON && (!compound || depth <= 0);
    first = first || ends;
    before = word;
    return ends;
  }

  private void step(Token token, String word) {
    if (before.equals("END")) {
      // END IF and its like: the second word opens nothing.
      return;
    }
    boolean starts = BEFORE.contains(before);
    if (word.equals("BEGIN") || token.getType() == WeftLexer.CASE) {
      depth++;
    } else if (starts && BLOCKS.contains(word)) {
      depth++;
    } else if (word.equals("END")) {
      depth--;
    }
  }
}
