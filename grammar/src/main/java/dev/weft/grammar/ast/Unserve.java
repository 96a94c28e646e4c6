package dev.weft.grammar.ast;

import dev.weft.grammar.Span;

/** {@code UNSERVE endpoint}. */
public record Unserve(Span span, Name endpoint) implements Statement {}
