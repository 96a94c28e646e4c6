package dev.weft.grammar.ast;

import dev.weft.grammar.Span;

/**
 * {@code CREATE [OR REPLACE] [TEMPORARY] FUNCTION [IF NOT EXISTS] f(a double) RETURNS double
 * LANGUAGE PYTHON AS '''code'''}.
 *
 * @param parameters the columns between the brackets
 * @param returns the type it gives
 */
public record CreateFunction(
    Span span,
    boolean replace,
    boolean temporary,
    boolean ifNotExists,
    Name name,
    Span parameters,
    Span returns,
    Code code)
    implements Statement {}
