package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftLexer;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /** What nests when it stands in a row. */
  private static final Set<Integer> SIGNS =
      Set.of(
          WeftLexer.NOT,
          WeftLexer.BANG,
          WeftLexer.MINUS,
          WeftLexer.PLUS,
          WeftLexer.TILDE,
          WeftLexer.EXPLAIN);

  private TokenChecks() {}

  static void check(Source source, List<Token> tokens) {
    int depth = 0;
    int prefixes = 0;
    int arrows = 0;
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
      prefixes = prefixes(prefixes, before, token);
      arrows = arrows(arrows, token);
      before = token;
      if (Math.max(depth + types, Math.max(prefixes, arrows)) > MAX_DEPTH) {
        throw ErrorCode.NESTED_TOO_DEEPLY.failure(Places.of(source, token));
      }
    }
  }

  /** How many signs stand in a row up to a token, a mode behind EXPLAIN not counted. */
  private static int prefixes(int row, Token before, Token token) {
    if (SIGNS.contains(token.getType())) {
      return row + 1;
    }
    return before.getType() == WeftLexer.EXPLAIN ? row : 0;
  }

  /** The lambdas open at a token: the body of one goes on to a comma or the bracket around it. */
  private static int arrows(int open, Token token) {
    if (token.getType() == WeftLexer.ARROW) {
      return open + 1;
    }
    boolean ends =
        token.getType() == WeftLexer.COMMA
            || token.getType() == WeftLexer.RIGHT_PAREN
            || token.getType() == WeftLexer.RIGHT_BRACKET;
    return ends ? 0 : open;
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
