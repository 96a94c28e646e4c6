package dev.weft.grammar.ast;

import dev.weft.grammar.Span;

/** A statement handed to Spark as it stands: its DDL, DML, SET and SHOW. */
public record SparkStatement(Span span) implements Statement {}
