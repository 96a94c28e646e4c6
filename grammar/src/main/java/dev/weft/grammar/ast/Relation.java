package dev.weft.grammar.ast;

import dev.weft.grammar.Span;
import dev.weft.grammar.antlr.WeftParser.QueryContext;

/** What TRAIN, VALIDATE ON and PREDICT read: a table by name, or a bracketed query. */
public sealed interface Relation {
  /** Where it stands, brackets included. */
  Span span();

  /** A table by its name. */
  record Table(Name name) implements Relation {
    @Override
    public Span span() {
      return name.span();
    }
  }

  /** A query; its parse tree is what the planner reads. */
  record Subquery(Span span, QueryContext tree) implements Relation {}
}
