package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/** The tokens of a text without comments and blanks, and where its statements end. */
final class TokenText {

  private static final int LONGEST_WORD = 40;

  private final Source source;
  private final List<Token> tokens;

  private TokenText(Source source, List<Token> tokens) {
    this.source = source;
    this.tokens = tokens;
  }

  static TokenText of(Source source) {
    List<Token> tokens = new ArrayList<>(source.text().length() / 5 + 8);
    for (Token token : all(source)) {
      if (token.getChannel() == Token.DEFAULT_CHANNEL && token.getType() != Token.EOF) {
        tokens.add(token);
      }
    }
    return new TokenText(source, tokens);
  }

  /** Every token of the text, hidden ones and the end included. */
  static List<Token> all(Source source) {
    WeftLexer lexer = new WeftLexer(new SourceStream(source));
    lexer.removeErrorListeners();
    TypeBrackets tokens = new TypeBrackets();
    Token token;
    do {
      token = lexer.nextToken();
      tokens.add(token);
    } while (token.getType() != Token.EOF);
    return tokens.list();
  }

  List<Token> tokens() {
    return tokens;
  }

  /** The tokens of each statement, without semicolons, each list closed by an end-of-text token. */
  List<List<Token>> statements() {
    List<List<Token>> statements = new ArrayList<>();
    List<Token> open = new ArrayList<>();
    StatementEnds ends = new StatementEnds();
    for (Token token : tokens) {
      if (ends.ends(token)) {
        close(open, token.getStartIndex(), statements);
        open = new ArrayList<>();
      } else {
        open.add(token);
      }
    }
    close(open, open.isEmpty() ? 0 : open.get(open.size() - 1).getStopIndex() + 1, statements);
    return statements;
  }

  /** The whole text as one statement. */
  List<Token> whole() {
    List<Token> whole = new ArrayList<>(tokens);
    whole.add(end(source.text().length()));
    return whole;
  }

  private static void close(List<Token> open, int offset, List<List<Token>> statements) {
    if (!open.isEmpty()) {
      open.add(end(offset));
      statements.add(open);
    }
  }

  /** The word of a token in capitals; a text longer than any keyword as it stands. */
  static String capitals(Token token) {
    String text = token.getText();
    return text.length() > LONGEST_WORD ? text : text.toUpperCase(Locale.ROOT);
  }

  static Token end(int offset) {
    CommonToken end = new CommonToken(Token.EOF, "<EOF>");
    end.setStartIndex(offset);
    end.setStopIndex(offset - 1);
    return end;
  }
}
