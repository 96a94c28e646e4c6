package dev.weft.planner.error;

import dev.weft.grammar.ErrorCode;

/**
 * How one of Spark's conditions is told.
 *
 * @param template one sentence; {@code {name}} stands for a parameter of Spark's message
 */
record Sentence(ErrorCode code, String template) {}
