package dev.weft.grammar.ast;

import dev.weft.grammar.Span;
import java.util.Optional;

/** {@code ASSERT expression [, 'message']}. */
public record Assert(Span span, Item condition, Optional<Literal> message) implements Statement {}
