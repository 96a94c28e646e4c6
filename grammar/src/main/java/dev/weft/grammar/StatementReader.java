package dev.weft.grammar;

import dev.weft.grammar.ast.Explain;
import dev.weft.grammar.ast.NotYet;
import dev.weft.grammar.ast.SparkStatement;
import dev.weft.grammar.ast.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/** Reads the tokens of one statement, which end with an end-of-text token. */
final class StatementReader {

  private final Source source;
  private final List<Token> tokens;

  StatementReader(Source source, List<Token> tokens) {
    this.source = source;
    this.tokens = tokens;
  }

  Statement statement() {
    return from(0);
  }

  private Statement from(int at) {
    return switch (Opening.of(tokens, at)) {
      case WEFT_STATEMENT, QUERY -> tree(at);
      case EXPLAIN -> explain(at);
      case PYTHON_FUNCTION -> new FunctionReader(source, tokens, at).read();
      case LATER -> new NotYet(rest(at), Opening.name(tokens, at));
      case SPARK -> sparks(at);
      case NONE -> throw unknown(tokens.get(at));
    };
  }

  private Statement tree(int at) {
    List<Token> part = tokens.subList(at, tokens.size());
    try {
      return new AstBuilder(source)
          .statement(TreeParser.parse(part, parser -> parser.singleStatement().statement()));
    } catch (SyntaxStop stop) {
      throw error(part, stop);
    }
  }

  private RuntimeException error(List<Token> part, SyntaxStop stop) {
    Optional<MissingSemicolon> missing = MissingSemicolon.in(source, part, stop.index());
    if (missing.isPresent()) {
      return missing.get().shifted(tokens.size() - part.size());
    }
    return Misspelling.in(part, stop.index())
        .map(wrong -> misspelt(part.get(wrong.index()), wrong.keyword()))
        .orElseGet(() -> new WeftException(SyntaxErrors.of(source, part, stop)));
  }

  private Statement explain(int at) {
    String second = tokens.get(at + 1).getText().toUpperCase(Locale.ROOT);
    for (Explain.Mode mode : Explain.Mode.values()) {
      if (second.equals(mode.name())) {
        return new Explain(rest(at), mode, explained(at + 2));
      }
    }
    return new Explain(rest(at), Explain.Mode.PLAN, explained(at + 1));
  }

  private Statement explained(int at) {
    if (tokens.get(at).getType() == Token.EOF) {
      throw ErrorCode.SYNTAX.failure(
          Places.of(source, tokens.get(at)), "expected a statement to explain, but it ends here");
    }
    return from(at);
  }

  /** Spark's own, but for a word behind SHOW that neither knows. */
  private Statement sparks(int at) {
    Token second = tokens.get(at + 1);
    if (Opening.showsUnknown(tokens, at) && second.getType() == Token.EOF) {
      throw ErrorCode.SYNTAX.failure(
          Places.of(source, second), "expected what to show, such as MODELS, but it ends here");
    }
    if (Opening.showsUnknown(tokens, at)) {
      String hint = Nearest.hint(second.getText(), Opening.shown());
      throw ErrorCode.SYNTAX.failure(
          Places.of(source, second), "there is no SHOW '" + second.getText() + "'" + hint);
    }
    return new SparkStatement(rest(at));
  }

  private WeftException misspelt(Token word, String keyword) {
    return ErrorCode.SYNTAX.failure(
        Places.of(source, word),
        "'" + word.getText() + "' cannot stand here; did you mean '" + keyword + "'?");
  }

  private WeftException unknown(Token first) {
    String text = first.getText();
    String hint = Nearest.hint(text, Opening.words());
    return ErrorCode.SYNTAX.failure(
        Places.of(source, first), "no statement begins with '" + text + "'" + hint);
  }

  /** From a token to the last one before the end. */
  private Span rest(int at) {
    Token last = tokens.get(Math.max(at, tokens.size() - 2));
    return Span.between(Places.of(source, tokens.get(at)), Places.of(source, last));
  }
}
