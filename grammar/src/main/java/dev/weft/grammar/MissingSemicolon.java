package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/** Two statements without a semicolon between them. */
final class MissingSemicolon extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;
  private final int before;

  private MissingSemicolon(Diagnostic diagnostic, int before) {
    super(null, null, false, false);
    this.diagnostic = diagnostic;
    this.before = before;
  }

  /**
   * Looks at the token that could not stand where it does, and at the one before it, which may have
   * been taken for an alias: a word that begins a statement, with a whole statement in front.
   */
  static Optional<MissingSemicolon> in(Source source, List<Token> tokens, int error) {
    for (int i = error; i >= Math.max(1, error - 1); i--) {
      if (begins(tokens, i) && isWhole(tokens.subList(0, i), tokens.get(i))) {
        Token word = tokens.get(i);
        String message = "a ';' is missing before '" + word.getText() + "'";
        Diagnostic diagnostic = ErrorCode.SYNTAX.at(Places.of(source, word), message);
        return Optional.of(new MissingSemicolon(diagnostic, i));
      }
    }
    return Optional.empty();
  }

  /** The same, counted from a token so many tokens earlier. */
  MissingSemicolon shifted(int tokens) {
    return new MissingSemicolon(diagnostic, before + tokens);
  }

  Diagnostic diagnostic() {
    return diagnostic;
  }

  /** The number of the token that begins the second statement. */
  int before() {
    return before;
  }

  private static boolean begins(List<Token> tokens, int index) {
    Token token = tokens.get(index);
    boolean word = Character.isLetter(token.getText().charAt(0));
    return word && token.getType() != WeftLexer.FROM && Opening.of(tokens, index) != Opening.NONE;
  }

  private static boolean isWhole(List<Token> front, Token next) {
    List<Token> statement = new ArrayList<>(front);
    statement.add(TokenText.end(next.getStartIndex()));
    return TreeParser.failure(statement) < 0;
  }
}
