package dev.weft.planner.analyze;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Span;
import dev.weft.grammar.ast.SparkStatement;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.SparkPlan;
import dev.weft.planner.spi.SparkError;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A statement of Spark's own: Spark can read it; what it names is looked up when it runs. */
final class SparkStatementAnalysis {

  private static final Pattern PREDICT =
      Pattern.compile("\\bPREDICT\\s*\\(", Pattern.CASE_INSENSITIVE);

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
      refusePredict(span);
      throw ErrorCode.SYNTAX.failure(
          place(text, span, wrong),
          Objects.requireNonNullElse(wrong.getMessage(), wrong.condition()) + " (Spark)");
    }
    return new SparkPlan(span, text.text());
  }

  /** Spark stops at a PREDICT, which only queries have. */
  private static void refusePredict(Span span) {
    Matcher predict = PREDICT.matcher(span.text());
    if (predict.find()) {
      int start = span.start() + predict.start();
      String word = span.text().split("\\s+", 2)[0].toUpperCase(Locale.ROOT);
      throw ErrorCode.NOT_AVAILABLE.failure(
          new Span(span.source(), start, start + "PREDICT".length()),
          "PREDICT inside " + word,
          "name the rows of a query with it first, SELECT … AS rows, and read them here");
    }
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
