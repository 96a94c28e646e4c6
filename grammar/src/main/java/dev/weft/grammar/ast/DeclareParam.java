package dev.weft.grammar.ast;

import dev.weft.grammar.Span;
import java.util.Optional;

/** {@code DECLARE PARAM name TYPE [DEFAULT literal]}; the type keeps its text. */
public record DeclareParam(Span span, Name name, Span type, Optional<Literal> value)
    implements Statement {}
