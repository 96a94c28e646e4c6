package dev.weft.grammar.ast;

import dev.weft.grammar.Span;

/** {@code SHOW ENDPOINTS}. */
public record ShowEndpoints(Span span) implements Statement {}
