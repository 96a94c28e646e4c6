package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftLexer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.antlr.v4.runtime.Token;

/** The words that mean something in the language. */
public final class Keywords {

  private static final Map<String, Integer> TYPES =
      IntStream.rangeClosed(WeftLexer.ALGORITHM, WeftLexer.WORKERS)
          .boxed()
          .collect(Collectors.toMap(Keywords::text, type -> type));

  private Keywords() {}

  /** All of them in capitals, in the order of the alphabet; also those of Spark's statements. */
  public static List<String> all() {
    TreeSet<String> words = new TreeSet<>(Opening.words());
    words.addAll(lexed());
    return List.copyOf(words);
  }

  /** Those that the grammar knows as tokens, in capitals. */
  static Set<String> lexed() {
    return TYPES.keySet();
  }

  /** The token of a keyword in capitals. */
  static int type(String keyword) {
    return TYPES.getOrDefault(keyword, Token.INVALID_TYPE);
  }

  /** A keyword as it is written. */
  static String text(int type) {
    String literal = WeftLexer.VOCABULARY.getLiteralName(type);
    if (literal != null) {
      return literal.substring(1, literal.length() - 1);
    }
    return type == WeftLexer.PERCENTLIT ? "PERCENT" : WeftLexer.VOCABULARY.getSymbolicName(type);
  }

  /** Whether a token of the lexer is a keyword. */
  static boolean isKeyword(int type) {
    return type >= WeftLexer.ALGORITHM && type <= WeftLexer.WORKERS;
  }
}
