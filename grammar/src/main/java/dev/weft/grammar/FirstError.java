package dev.weft.grammar;

import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;

/** Ends the parse at the first error, with a message for people. */
final class FirstError extends DefaultErrorStrategy {

  private final Source source;

  FirstError(Source source) {
    this.source = source;
  }

  @Override
  public void recover(Parser parser, RecognitionException error) {
    throw failure(error.getOffendingToken());
  }

  @Override
  public Token recoverInline(Parser parser) {
    throw failure(parser.getCurrentToken());
  }

  @Override
  public void sync(Parser parser) {
    // No recovery, so nothing to get back in step with.
  }

  private WeftException failure(Token offending) {
    String found = offending.getType() == Token.EOF ? "the end" : "'" + offending.getText() + "'";
    return ErrorCode.SYNTAX.failure(Places.of(source, offending), found + " cannot stand here");
  }
}
