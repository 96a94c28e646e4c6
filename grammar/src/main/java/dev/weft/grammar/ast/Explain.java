package dev.weft.grammar.ast;

import dev.weft.grammar.Span;

/** {@code EXPLAIN [mode] statement}. */
public record Explain(Span span, Mode mode, Statement statement) implements Statement {

  /** What is shown; the last four are Spark's own. */
  public enum Mode {
    PLAN,
    SPARK,
    ANALYZE,
    LINEAGE,
    EXTENDED,
    FORMATTED,
    CODEGEN,
    COST
  }
}
