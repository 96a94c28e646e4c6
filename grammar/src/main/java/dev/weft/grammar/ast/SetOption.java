package dev.weft.grammar.ast;

import dev.weft.grammar.Span;

/** {@code SET weft.key = literal}; the key comes without its {@code weft.}. */
public record SetOption(Span span, Name key, Literal value) implements Statement {}
