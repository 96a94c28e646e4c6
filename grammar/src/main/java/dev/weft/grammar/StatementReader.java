package dev.weft.grammar;

import dev.weft.grammar.ast.Explain;
import dev.weft.grammar.ast.NotYet;
import dev.weft.grammar.ast.SparkStatement;
import dev.weft.grammar.ast.Statement;
import java.util.List;
import java.util.Locale;
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
    TokenChecks.check(source, tokens);
    return from(0);
  }

  private Statement from(int at) {
    return switch (Opening.of(tokens, at)) {
      case WEFT_STATEMENT, QUERY -> tree(at);
      case EXPLAIN -> explain(at);
      case LATER -> new NotYet(rest(at), Opening.name(tokens, at));
      case SPARK -> new SparkStatement(rest(at));
      case NONE -> throw unknown(tokens.get(at));
    };
  }

  private Statement tree(int at) {
    List<Token> part = tokens.subList(at, tokens.size());
    TreeParser parser = new TreeParser(source, part);
    return new AstBuilder(source).statement(parser.parse(p -> p.singleStatement().statement()));
  }

  private Statement explain(int at) {
    Token second = tokens.get(at + 1);
    for (Explain.Mode mode : Explain.Mode.values()) {
      if (second.getText().toUpperCase(Locale.ROOT).equals(mode.name())) {
        return new Explain(rest(at), mode, from(at + 2));
      }
    }
    return new Explain(rest(at), Explain.Mode.PLAN, from(at + 1));
  }

  private WeftException unknown(Token first) {
    String hint = Nearest.hint(first.getText(), Opening.words());
    return ErrorCode.SYNTAX.failure(
        Places.of(source, first), "no statement begins with '" + first.getText() + "'" + hint);
  }

  /** From a token to the last one before the end. */
  private Span rest(int at) {
    Token last = tokens.get(Math.max(at, tokens.size() - 2));
    return Span.between(Places.of(source, tokens.get(at)), Places.of(source, last));
  }
}
