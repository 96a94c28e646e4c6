package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftParser;
import java.util.List;
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

  private final Source source;
  private final List<Token> tokens;

  TreeParser(Source source, List<Token> tokens) {
    this.source = source;
    this.tokens = tokens;
  }

  /** The tree; throws the first error with its place. */
  <T> T parse(Entry<T> entry) {
    CommonTokenStream stream = new CommonTokenStream(new ListTokenSource(tokens));
    WeftParser parser = new WeftParser(stream);
    parser.removeErrorListeners();
    parser.setErrorHandler(new BailErrorStrategy());
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    try {
      return entry.parse(parser);
    } catch (ParseCancellationException quickFailed) {
      stream.seek(0);
      parser.reset();
      parser.setErrorHandler(new FirstError(source));
      parser.getInterpreter().setPredictionMode(PredictionMode.LL);
      return entry.parse(parser);
    }
  }
}
