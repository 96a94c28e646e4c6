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
    int types = 0;
    Token before = TokenText.end(0);
    for (Token token : tokens) {
      String unclosed = UNCLOSED.get(token.getType());
      if (unclosed != null) {
        Span place = Places.of(source, token);
        throw ErrorCode.SYNTAX.failure(
            new Span(source, place.start(), place.start() + 1), unclosed);
      }
      depth = Math.max(0, depth + step(token));
      types = types(types, before, token);
      prefixes = isPrefix(token) ? prefixes + 1 : isName(token) ? prefixes : 0;
      before = token;
      if (Math.max(depth + types, prefixes) > MAX_DEPTH) {
        throw ErrorCode.NESTED_TOO_DEEPLY.failure(Places.of(source, token), MAX_DEPTH);
      }
    }
  }

  /** What nests when it stands in a row, with names between in {@code a -> b -> 1}. */
  private static boolean isPrefix(Token token) {
    return switch (token.getType()) {
      case WeftLexer.NOT,
          WeftLexer.BANG,
          WeftLexer.MINUS,
          WeftLexer.PLUS,
          WeftLexer.TILDE,
          WeftLexer.ARROW,
          WeftLexer.EXPLAIN ->
          true;
      default -> false;
    };
  }

  private static boolean isName(Token token) {
    return token.getType() == WeftLexer.IDENTIFIER || token.getType() == WeftLexer.BACKQUOTED;
  }

  /** How deep in {@code array<array<…}; a comparison opens nothing. */
  private static int types(int depth, Token before, Token token) {
    if (token.getType() == WeftLexer.LESS && TypeBrackets.isNested(before)) {
      return depth + 1;
    }
    return token.getType() == WeftLexer.GREATER ? Math.max(0, depth - 1) : depth;
  }

  private static int step(Token token) {
    if (token.getType() == WeftLexer.IDENTIFIER && token.getText().equalsIgnoreCase("begin")) {
      return 1;
    }
    return switch (token.getType()) {
      case WeftLexer.LEFT_PAREN, WeftLexer.LEFT_BRACKET, WeftLexer.CASE -> 1;
      case WeftLexer.RIGHT_PAREN, WeftLexer.RIGHT_BRACKET, WeftLexer.END -> -1;
      default -> 0;
    };
  }
}
