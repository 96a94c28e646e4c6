package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftLexer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/**
 * Makes keywords of the words of Spark's own statements. The lexer leaves them identifiers, so that
 * they mean nothing in other statements.
 */
final class SparkWords {

  private static final Map<String, Integer> TYPES = types();

  /** The first words of the statements that rule sparkStatement reads. */
  private static final Set<String> READ =
      Set.of("CREATE", "REPLACE", "INSERT", "UPDATE", "DELETE", "MERGE", "CACHE", "WITH");

  private SparkWords() {}

  /** Whether a statement of Spark's that begins so has a rule in the grammar. */
  static boolean areRead(Token first) {
    return READ.contains(TokenText.capitals(first));
  }

  static boolean isKeyword(int type) {
    return type >= WeftLexer.BUCKETS && type <= WeftLexer.UPDATE;
  }

  /** Whether a token is a keyword in one of those statements. */
  static boolean isWord(Token token) {
    return token.getType() == WeftLexer.IDENTIFIER && TYPES.containsKey(TokenText.capitals(token));
  }

  /** The tokens of such a statement with its words as keywords. */
  static List<Token> in(List<Token> tokens) {
    List<Token> words = new ArrayList<>(tokens.size());
    for (Token token : tokens) {
      words.add(token.getType() == WeftLexer.IDENTIFIER ? word(token) : token);
    }
    return words;
  }

  private static Token word(Token token) {
    Integer type = TYPES.get(TokenText.capitals(token));
    if (type == null) {
      return token;
    }
    CommonToken word = new CommonToken(token);
    word.setType(type);
    return word;
  }

  private static Map<String, Integer> types() {
    Map<String, Integer> types = new HashMap<>();
    for (int type = WeftLexer.BUCKETS; type <= WeftLexer.UPDATE; type++) {
      types.put(WeftLexer.VOCABULARY.getSymbolicName(type), type);
    }
    types.put("TEMP", WeftLexer.TEMPORARY);
    return Map.copyOf(types);
  }
}
