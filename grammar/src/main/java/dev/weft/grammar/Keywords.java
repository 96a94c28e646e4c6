package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftLexer;
import java.util.List;
import java.util.TreeSet;

/** The words that mean something in the language. */
public final class Keywords {

  private Keywords() {}

  /** All of them in capitals, in the order of the alphabet; also those of Spark's statements. */
  public static List<String> all() {
    TreeSet<String> words = new TreeSet<>(Opening.words());
    for (int type = WeftLexer.ALGORITHM; type <= WeftLexer.WORKERS; type++) {
      String literal = WeftLexer.VOCABULARY.getLiteralName(type);
      words.add(
          literal == null
              ? WeftLexer.VOCABULARY.getSymbolicName(type)
              : literal.substring(1, literal.length() - 1));
    }
    words.remove("PERCENTLIT");
    return List.copyOf(words);
  }

  /** Whether a token of the lexer is a keyword. */
  static boolean isKeyword(int type) {
    return type >= WeftLexer.ALGORITHM && type <= WeftLexer.WORKERS;
  }
}
