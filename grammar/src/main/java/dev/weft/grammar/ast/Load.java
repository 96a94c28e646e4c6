package dev.weft.grammar.ast;

import dev.weft.grammar.Span;
import java.util.List;

/** {@code LOAD format.`path` WHERE … AS t}. */
public record Load(Span span, Name format, Literal path, List<Option> options, Name result)
    implements Statement {
  /** Copies the list. */
  public Load {
    options = List.copyOf(options);
  }
}
