package dev.weft.grammar.ast;

import dev.weft.grammar.Span;
import dev.weft.grammar.antlr.WeftParser.QueryContext;
import java.util.Optional;

/**
 * A query, and the name its final {@code AS name} gives to its rows.
 *
 * @param tree the query's parse tree, which the planner reads; {@code AS name} may be part of it
 *     (when it is also an alias) or stand behind it
 */
public record Query(Span span, QueryContext tree, Optional<Name> result) implements Statement {}
