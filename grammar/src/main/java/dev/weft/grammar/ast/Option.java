package dev.weft.grammar.ast;

import dev.weft.grammar.Span;

/** One {@code key = value} of an option clause; the key keeps its dots. */
public record Option(Name key, Literal value) {
  /** Key and value together. */
  public Span span() {
    return Span.between(key.span(), value.span());
  }
}
