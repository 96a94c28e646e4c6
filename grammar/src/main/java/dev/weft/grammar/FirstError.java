package dev.weft.grammar;

import java.util.List;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;

/** Ends the parse at the first error. */
final class FirstError extends DefaultErrorStrategy {

  private final boolean explain;

  /**
   * @param explain whether to find out what was expected, or only where it went wrong
   */
  FirstError(boolean explain) {
    this.explain = explain;
  }

  @Override
  public void recover(Parser parser, RecognitionException error) {
    Token start =
        error instanceof NoViableAltException choice
            ? choice.getStartToken()
            : error.getOffendingToken();
    throw stop(parser, start, error.getOffendingToken());
  }

  @Override
  public Token recoverInline(Parser parser) {
    throw stop(parser, parser.getCurrentToken(), parser.getCurrentToken());
  }

  @Override
  public void reportError(Parser parser, RecognitionException error) {
    // The exception says it all.
  }

  @Override
  public void sync(Parser parser) {
    // No recovery, so nothing to get back in step with.
  }

  private SyntaxStop stop(Parser parser, Token start, Token offending) {
    return explain
        ? new Expectations(parser).stop(start, offending)
        : new SyntaxStop(offending.getTokenIndex(), List.of());
  }
}
