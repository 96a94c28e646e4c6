package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftParser;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/** Runs the grammar over the tokens of one statement: the quick prediction first, then the full. */
final class TreeParser {

  /** The rule of the grammar to start at. */
  interface Entry<T> {
    T parse(WeftParser parser);
  }

  private TreeParser() {}

  /** The tree; throws SyntaxStop at the first error. */
  static <T> T parse(List<Token> tokens, Entry<T> entry) {
    return parse(tokens, entry, true);
  }

  /** The tree; empty where there is none, without looking for what was expected. */
  static <T> Optional<T> attempt(List<Token> tokens, Entry<T> entry) {
    try {
      return Optional.of(parse(tokens, entry, false));
    } catch (SyntaxStop stop) {
      return Optional.empty();
    }
  }

  /** The number of the first token that a statement cannot go on with, or -1 when it is right. */
  static int failure(List<Token> tokens) {
    try {
      parse(tokens, WeftParser::singleStatement, false);
      return -1;
    } catch (SyntaxStop stop) {
      return stop.index();
    }
  }

  private static <T> T parse(List<Token> tokens, Entry<T> entry, boolean explain) {
    CommonTokenStream stream = new CommonTokenStream(new ListTokenSource(tokens));
    WeftParser parser = new WeftParser(stream);
    parser.removeErrorListeners();
    parser.setErrorHandler(new BailErrorStrategy());
    LearntChoices.share(parser);
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    try {
      return entry.parse(parser);
    } catch (ParseCancellationException quickFailed) {
      stream.seek(0);
      parser.reset();
      parser.setErrorHandler(new FirstError(explain));
      parser.getInterpreter().setPredictionMode(PredictionMode.LL);
      return entry.parse(parser);
    }
  }
}
