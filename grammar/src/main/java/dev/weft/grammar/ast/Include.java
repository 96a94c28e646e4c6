package dev.weft.grammar.ast;

import dev.weft.grammar.Span;

/** {@code INCLUDE 'file'}. */
public record Include(Span span, Literal path) implements Statement {}
