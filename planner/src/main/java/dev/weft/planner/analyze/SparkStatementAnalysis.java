package dev.weft.planner.analyze;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Span;
import dev.weft.grammar.ast.SparkStatement;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.SparkPlan;
import dev.weft.planner.spi.SparkError;
import java.util.Objects;

/** A statement of Spark's own: Spark can read it; what it names is looked up when it runs. */
final class SparkStatementAnalysis {

  private final ScriptState state;

  SparkStatementAnalysis(ScriptState state) {
    this.state = state;
  }

  StatementPlan plan(SparkStatement statement) {
    Span span = statement.span();
    PlacedText text = PlacedText.of(span, state);
    try {
      state.outside().relations().parse(text.text());
    } catch (SparkError wrong) {
      throw ErrorCode.SYNTAX.failure(
          place(text, span, wrong),
          Objects.requireNonNullElse(wrong.getMessage(), wrong.condition()) + " (Spark)");
    }
    return new SparkPlan(span, text.text());
  }

  /** The word where Spark stopped; the last one where the statement ends too early. */
  private static Span place(PlacedText placed, Span span, SparkError error) {
    if (error.offset().isEmpty()) {
      return span;
    }
    String text = span.source().text();
    int start = placed.offset(error.offset().getAsInt());
    while (start > span.start() && (start == span.end() || isBlank(text, start))) {
      start--;
    }
    while (start > span.start() && isWord(text, start) && isWord(text, start - 1)) {
      start--;
    }
    int end = start + 1;
    while (end < span.end() && isWord(text, start) && isWord(text, end)) {
      end++;
    }
    return new Span(span.source(), start, end);
  }

  private static boolean isBlank(String text, int at) {
    return Character.isWhitespace(text.charAt(at));
  }

  private static boolean isWord(String text, int at) {
    return Character.isJavaIdentifierPart(text.charAt(at));
  }
}
