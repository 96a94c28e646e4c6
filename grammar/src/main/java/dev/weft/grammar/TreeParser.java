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

  private TreeParser() {}

  /** The tree; throws SyntaxStop at the first error. */
  static <T> T parse(List<Token> tokens, Entry<T> entry) {
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
      parser.setErrorHandler(new FirstError());
      parser.getInterpreter().setPredictionMode(PredictionMode.LL);
      return entry.parse(parser);
    }
  }
}
