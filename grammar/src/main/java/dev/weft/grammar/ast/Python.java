package dev.weft.grammar.ast;

import dev.weft.grammar.Span;
import java.util.List;
import java.util.Optional;

/** {@code PYTHON t [PER BATCH] AS out [SCHEMA (…)] [WHERE …] [SETUP '''code'''] '''code'''}. */
public record Python(
    Span span,
    List<Name> inputs,
    Per per,
    Name result,
    Optional<Span> schema,
    List<Option> options,
    Optional<Code> setup,
    Code code)
    implements Statement {

  /** Copies the lists. */
  public Python {
    inputs = List.copyOf(inputs);
    options = List.copyOf(options);
  }

  /** What the code gets at a time. */
  public enum Per {
    TABLE,
    BATCH,
    PARTITION
  }
}
