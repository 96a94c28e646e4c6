package dev.weft.grammar.ast;

import dev.weft.grammar.Span;
import java.util.List;

/** {@code SERVE model[@v] AS endpoint [WITH (…)]}. */
public record Serve(Span span, ModelReference model, Name endpoint, List<Option> options)
    implements Statement {
  /** Copies the list. */
  public Serve {
    options = List.copyOf(options);
  }
}
