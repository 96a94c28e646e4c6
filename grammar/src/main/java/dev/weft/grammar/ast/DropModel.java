package dev.weft.grammar.ast;

import dev.weft.grammar.Span;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * {@code DROP MODEL [IF EXISTS] m[@v] [KEEP n] [OLDER THAN interval]}.
 *
 * @param keep how many of the newest versions stay
 * @param olderThan seconds
 */
public record DropModel(
    Span span,
    boolean ifExists,
    ModelReference model,
    Optional<Literal> keep,
    OptionalDouble olderThan)
    implements Statement {}
