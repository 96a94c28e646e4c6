package dev.weft.grammar.ast;

import dev.weft.grammar.Span;
import java.util.List;

/** Byzer's statement {@code PREDICT t AS Algo.`path` AS p}. */
public record Predict(
    Span span, Relation input, Name algorithm, Name model, List<Option> options, Name result)
    implements Statement {
  /** Copies the list. */
  public Predict {
    options = List.copyOf(options);
  }
}
