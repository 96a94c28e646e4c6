package dev.weft.grammar.ast;

import dev.weft.grammar.Span;

/** {@code IMPORT MODEL m FROM 'path'}. */
public record ImportModel(Span span, Name model, Literal path) implements Statement {}
