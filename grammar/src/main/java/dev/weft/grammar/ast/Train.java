package dev.weft.grammar.ast;

import dev.weft.grammar.Span;
import java.util.List;
import java.util.Optional;

/** {@code TRAIN rel AS algorithm.model clauses [AS report]}. */
public record Train(
    Span span,
    Relation input,
    Name algorithm,
    Name model,
    Optional<Item> label,
    List<Item> features,
    List<Option> options,
    List<Item> transform,
    Optional<Literal> split,
    Optional<Relation> validation,
    Optional<Literal> seed,
    Optional<Resources> using,
    Optional<Name> result)
    implements Statement {
  /** Copies the lists; an empty {@code features} means every column but the label. */
  public Train {
    features = List.copyOf(features);
    options = List.copyOf(options);
    transform = List.copyOf(transform);
  }

  /** What USING asks for; the timeout is in seconds. */
  public record Resources(
      Span span, Optional<Literal> gpu, Optional<Literal> workers, Optional<Double> timeout) {}
}
