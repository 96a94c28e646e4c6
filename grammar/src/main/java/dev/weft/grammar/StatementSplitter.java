package dev.weft.grammar;

import java.util.List;
import org.antlr.v4.runtime.Token;

/** Cuts text into statements, for a terminal that must know when an entry is whole. */
public final class StatementSplitter {

  private StatementSplitter() {}

  /** Whether an entry can run. */
  public enum State {
    /** The last statement ends with a semicolon. */
    COMPLETE,
    /** Something is open: a statement without its semicolon, a string, a comment, a block. */
    INCOMPLETE,
    /** Nothing but blanks, comments and semicolons. */
    EMPTY
  }

  /** The state of what was typed so far. */
  public static State state(String text) {
    State state = State.EMPTY;
    StatementEnds statements = new StatementEnds();
    for (Token token : TokenText.of(new Source("<entry>", text)).tokens()) {
      boolean ends = statements.ends(token);
      if (!ends || state == State.INCOMPLETE) {
        state = ends ? State.COMPLETE : State.INCOMPLETE;
      }
    }
    return state;
  }

  /** The place of each statement, without its semicolon. */
  public static List<Span> split(Source source) {
    return TokenText.of(source).statements().stream().map(tokens -> cover(source, tokens)).toList();
  }

  private static Span cover(Source source, List<Token> tokens) {
    return Span.between(
        Places.of(source, tokens.get(0)), Places.of(source, tokens.get(tokens.size() - 2)));
  }
}
