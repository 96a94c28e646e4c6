package dev.weft.grammar;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** From tokens and parse trees to places in the text. */
public final class Places {

  private Places() {}

  /** Where a token stands. */
  public static Span of(Source source, Token token) {
    int length = source.text().length();
    int start = Math.min(token.getStartIndex(), length);
    int end = token.getType() == Token.EOF ? start : token.getStopIndex() + 1;
    return new Span(source, start, Math.min(Math.max(start, end), length));
  }

  /** Where a part of the tree stands, from its first token to its last. */
  public static Span of(Source source, ParserRuleContext tree) {
    Span first = of(source, tree.getStart());
    Token stop = tree.getStop();
    boolean empty = stop == null || stop.getStopIndex() < first.start();
    return empty
        ? new Span(source, first.start(), first.start())
        : Span.between(first, of(source, stop));
  }
}
