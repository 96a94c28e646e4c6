package dev.weft.grammar.ast;

import dev.weft.grammar.Span;

/** {@code SHOW MODELS}. */
public record ShowModels(Span span) implements Statement {}
