package dev.weft.grammar.ast;

import dev.weft.grammar.Span;

/** A statement that the grammar knows and no version runs yet; {@code what} names its kind. */
public record NotYet(Span span, String what) implements Statement {}
