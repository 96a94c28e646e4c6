package dev.weft.planner.rel;

import dev.weft.grammar.Span;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A place of a source as Calcite carries it, from the tree that was parsed to the expressions of
 * the plan: always line 1, the offset as the column. It keeps the source, since a plan may hold
 * expressions of several statements and files.
 */
public final class SourcePosition extends SqlParserPos {

  private static final long serialVersionUID = 1L;

  private final transient Span span;

  /** The place of a stretch. */
  public SourcePosition(Span span) {
    super(1, span.start() + 1, 1, Math.max(span.start() + 1, span.end()));
    this.span = span;
  }

  /** The stretch of the source. */
  public Span span() {
    return span;
  }
}
