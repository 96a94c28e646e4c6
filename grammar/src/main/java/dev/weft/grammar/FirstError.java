package dev.weft.grammar;

import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;

/** Ends the parse at the first error. */
final class FirstError extends DefaultErrorStrategy {

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

  private static SyntaxStop stop(Parser parser, Token start, Token offending) {
    return new Expectations(parser).stop(start, offending);
  }
}
