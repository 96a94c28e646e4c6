package dev.weft.grammar.antlr;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Token;

/**
 * What the lexer cannot say in rules: comments that nest, and code blocks, which open only in a
 * statement that begins with PYTHON or after LANGUAGE PYTHON AS.
 */
public abstract class TextLexer extends Lexer {

  private static final String QUOTES = "'''";
  private static final String DOLLARS = "$$";

  private boolean atStart = true;
  private boolean python;
  private int languageWords;

  protected TextLexer(CharStream input) {
    super(input);
  }

  @Override
  public Token nextToken() {
    Token token = python && opensBlock() ? block() : super.nextToken();
    if (token.getChannel() == Token.DEFAULT_CHANNEL) {
      follow(token);
    }
    return token;
  }

  @Override
  public void reset() {
    super.reset();
    atStart = true;
    python = false;
    languageWords = 0;
  }

  /** Moves to the end of the comment whose opening was just read. */
  protected final void restOfComment(int closed, int unclosed) {
    int depth = 1;
    while (depth > 0 && _input.LA(1) != EOF) {
      if (_input.LA(1) == '/' && _input.LA(2) == '*') {
        depth++;
        skip(2);
      } else if (_input.LA(1) == '*' && _input.LA(2) == '/') {
        depth--;
        skip(2);
      } else {
        skip(1);
      }
    }
    _type = depth == 0 ? closed : unclosed;
    _channel = depth == 0 ? HIDDEN : DEFAULT_TOKEN_CHANNEL;
  }

  private void follow(Token token) {
    int type = token.getType();
    boolean word = type == WeftLexer.IDENTIFIER && "LANGUAGE".equalsIgnoreCase(token.getText());
    boolean next =
        (languageWords == 1 && type == WeftLexer.PYTHON)
            || (languageWords == 2 && type == WeftLexer.AS);
    languageWords = word ? 1 : next ? languageWords + 1 : 0;
    if (type == WeftLexer.SEMICOLON) {
      python = false;
    } else {
      python |= (atStart && type == WeftLexer.PYTHON) || languageWords == 3;
    }
    atStart = type == WeftLexer.SEMICOLON;
  }

  private boolean opensBlock() {
    return startsWith(QUOTES) || startsWith(DOLLARS);
  }

  private Token block() {
    String fence = startsWith(QUOTES) ? QUOTES : DOLLARS;
    _token = null;
    _text = null;
    _channel = DEFAULT_TOKEN_CHANNEL;
    _tokenStartCharIndex = _input.index();
    _tokenStartLine = getInterpreter().getLine();
    _tokenStartCharPositionInLine = getInterpreter().getCharPositionInLine();
    skip(fence.length());
    while (_input.LA(1) != EOF && !startsWith(fence)) {
      skip(1);
    }
    _type = _input.LA(1) == EOF ? WeftLexer.UNCLOSED_BLOCK : WeftLexer.BLOCK;
    if (_type == WeftLexer.BLOCK) {
      skip(fence.length());
    }
    return emit();
  }

  private boolean startsWith(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (_input.LA(i + 1) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void skip(int characters) {
    for (int i = 0; i < characters; i++) {
      getInterpreter().consume(_input);
    }
  }
}
