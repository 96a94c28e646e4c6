package dev.weft.grammar;

import dev.weft.grammar.StyledToken.Kind;
import dev.weft.grammar.antlr.WeftLexer;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** The colours of a text, also while it is unfinished. */
public final class Highlighting {

  private Highlighting() {}

  /** Everything but blanks, in order. */
  public static List<StyledToken> tokens(String text) {
    return TokenText.all(new Source("<entry>", text)).stream()
        .filter(token -> token.getType() != Token.EOF && token.getType() != WeftLexer.BLANK)
        .map(t -> new StyledToken(t.getStartIndex(), t.getStopIndex() + 1, kind(t.getType())))
        .toList();
  }

  private static Kind kind(int type) {
    return switch (type) {
      case WeftLexer.IDENTIFIER, WeftLexer.UNIT -> Kind.NAME;
      case WeftLexer.BACKQUOTED, WeftLexer.UNCLOSED_BACKQUOTED -> Kind.QUOTED_NAME;
      case WeftLexer.STRING,
          WeftLexer.DOUBLE_QUOTED,
          WeftLexer.UNCLOSED_STRING,
          WeftLexer.UNCLOSED_DOUBLE_QUOTED ->
          Kind.STRING;
      case WeftLexer.LINE_COMMENT, WeftLexer.BLOCK_COMMENT, WeftLexer.UNCLOSED_COMMENT ->
          Kind.COMMENT;
      case WeftLexer.BLOCK, WeftLexer.UNCLOSED_BLOCK -> Kind.CODE;
      case WeftLexer.UNRECOGNIZED -> Kind.ERROR;
      default -> ranged(type);
    };
  }

  /** Numbers and keywords are stretches of the lexer's list; what is left are operators. */
  private static Kind ranged(int type) {
    if (Keywords.isKeyword(type)) {
      return Kind.KEYWORD;
    }
    boolean number = type >= WeftLexer.BIGINT_LITERAL && type <= WeftLexer.BIGDECIMAL_LITERAL;
    return number ? Kind.NUMBER : Kind.OPERATOR;
  }
}
