package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftLexer;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.Token;

/** What can be said of a statement before it is parsed: text left open, and nesting. */
final class TokenChecks {

  /** The deepest nesting of brackets, CASE and prefix operators that is read. */
  static final int MAX_DEPTH = 500;

  private static final Map<Integer, String> UNCLOSED =
      Map.of(
          WeftLexer.UNCLOSED_STRING, "the string that opens here has no closing '",
          WeftLexer.UNCLOSED_DOUBLE_QUOTED, "the string that opens here has no closing \"",
          WeftLexer.UNCLOSED_BACKQUOTED, "the name that opens here has no closing back quote",
          WeftLexer.UNCLOSED_COMMENT, "the comment that opens here has no closing */",
          WeftLexer.UNCLOSED_BLOCK, "the code that opens here has no closing ''' or $$");

  private TokenChecks() {}

  static void check(Source source, List<Token> tokens) {
    int depth = 0;
    int prefixes = 0;
    for (Token token : tokens) {
      String unclosed = UNCLOSED.get(token.getType());
      if (unclosed != null) {
        Span place = Places.of(source, token);
        throw ErrorCode.SYNTAX.failure(
            new Span(source, place.start(), place.start() + 1), unclosed);
      }
      depth += step(token.getType());
      prefixes = isPrefix(token.getType()) ? prefixes + 1 : 0;
      if (Math.max(depth, prefixes) > MAX_DEPTH) {
        throw ErrorCode.NESTED_TOO_DEEPLY.failure(Places.of(source, token), MAX_DEPTH);
      }
    }
  }

  /** Operators that nest when they stand in a row. */
  private static boolean isPrefix(int type) {
    return switch (type) {
      case WeftLexer.NOT, WeftLexer.BANG, WeftLexer.MINUS, WeftLexer.PLUS, WeftLexer.TILDE -> true;
      default -> false;
    };
  }

  private static int step(int type) {
    return switch (type) {
      case WeftLexer.LEFT_PAREN, WeftLexer.LEFT_BRACKET, WeftLexer.CASE -> 1;
      case WeftLexer.RIGHT_PAREN, WeftLexer.RIGHT_BRACKET, WeftLexer.END -> -1;
      default -> 0;
    };
  }
}
