package dev.weft.grammar.ast;

import dev.weft.grammar.Span;
import java.util.List;

/** {@code SAVE [mode] t AS format.`path` …}. */
public record Save(
    Span span,
    Mode mode,
    Name input,
    Name format,
    Literal path,
    List<Option> options,
    List<Name> partitionBy)
    implements Statement {
  /** Copies the lists. */
  public Save {
    options = List.copyOf(options);
    partitionBy = List.copyOf(partitionBy);
  }

  /** What happens where the output exists already. */
  public enum Mode {
    OVERWRITE,
    APPEND,
    IGNORE,
    ERRORIFEXISTS
  }
}
