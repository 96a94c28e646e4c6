package dev.weft.grammar.ast;

import dev.weft.grammar.Span;

/** {@code DESCRIBE MODEL m[@v]}. */
public record DescribeModel(Span span, ModelReference model) implements Statement {}
