package dev.weft.planner.query;

import dev.weft.grammar.Places;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.planner.rel.SourcePosition;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Turns places of a source into those that Calcite carries, and back in an error of Calcite's. */
record Positions(Source source) {

  Span span(ParserRuleContext tree) {
    return Places.of(source, tree);
  }

  Span span(Token token) {
    return Places.of(source, token);
  }

  SqlParserPos of(ParserRuleContext tree) {
    return new SourcePosition(span(tree));
  }

  SqlParserPos of(Token token) {
    return new SourcePosition(span(token));
  }

  /** The stretch that Calcite names; {@code otherwise} where it names none. */
  Span span(SqlParserPos place, Span otherwise) {
    return span(place.getLineNum(), place.getColumnNum(), place.getEndColumnNum(), otherwise);
  }

  Span span(int line, int column, int endColumn, Span otherwise) {
    boolean known = line == 1 && column >= 1 && column - 1 <= source.text().length();
    int end = Math.min(Math.max(endColumn, column), source.text().length());
    return known ? new Span(source, Math.min(column - 1, end), end) : otherwise;
  }
}
