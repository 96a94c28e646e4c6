package dev.weft.grammar.ast;

import dev.weft.grammar.Span;

/** {@code SHOW ALGORITHMS}. */
public record ShowAlgorithms(Span span) implements Statement {}
