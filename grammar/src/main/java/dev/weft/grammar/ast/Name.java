package dev.weft.grammar.ast;

import dev.weft.grammar.Span;

/** A name as meant (back quotes removed), with its place; dotted names keep their dots. */
public record Name(Span span, String text) {}
