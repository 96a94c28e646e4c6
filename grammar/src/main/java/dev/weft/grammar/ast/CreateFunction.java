package dev.weft.grammar.ast;

import dev.weft.grammar.Span;

/**
 * {@code CREATE [OR REPLACE] [TEMPORARY] FUNCTION [IF NOT EXISTS] f(a double) RETURNS double
 * LANGUAGE PYTHON AS '''code'''}, or {@code RETURNS TABLE (b int, c string)}.
 *
 * @param parameters the columns between the brackets
 * @param returns the type it gives; of a table the columns between its brackets
 * @param table whether it gives rows
 */
public record CreateFunction(
    Span span,
    boolean replace,
    boolean temporary,
    boolean ifNotExists,
    Name name,
    Span parameters,
    Span returns,
    boolean table,
    Code code)
    implements Statement {}
