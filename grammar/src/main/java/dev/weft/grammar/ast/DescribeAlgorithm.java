package dev.weft.grammar.ast;

import dev.weft.grammar.Span;

/** {@code DESCRIBE ALGORITHM a}. */
public record DescribeAlgorithm(Span span, Name algorithm) implements Statement {}
