package dev.weft.grammar.ast;

import dev.weft.grammar.Span;

/** {@code ROLLBACK MODEL m}. */
public record RollbackModel(Span span, Name model) implements Statement {}
