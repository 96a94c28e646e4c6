package dev.weft.spark.convert;

import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.planner.rel.SourcePosition;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.spark.QueryContext;
import org.apache.spark.sql.catalyst.trees.CurrentOrigin;
import org.apache.spark.sql.catalyst.trees.Origin;
import org.apache.spark.sql.catalyst.trees.SQLQueryContext;
import scala.Option;

/**
 * Where in the user's texts an expression comes from: Spark carries it to its tasks, and an error
 * of one brings it back.
 */
public final class TextPlaces {

  /** What Spark takes for the kind of catalog object that the text belongs to. */
  private static final String KIND = "weft";

  /** A longer text is not sent to every task only to show a line of it. */
  private static final int LONGEST = 100_000;

  private TextPlaces() {}

  /** Makes expressions that come from a place; one that Calcite made itself has its parent's. */
  static <T> T at(SqlParserPos place, Supplier<T> make) {
    if (!(place instanceof SourcePosition known)
        || known.span().source().isOurs()
        || known.span().source().text().length() > LONGEST) {
      return make.get();
    }
    Origin before = CurrentOrigin.get();
    CurrentOrigin.set(origin(known.span()));
    try {
      return make.get();
    } finally {
      CurrentOrigin.set(before);
    }
  }

  /** The place that an error names, when it is one of ours. */
  public static Optional<Span> of(QueryContext[] contexts) {
    for (QueryContext context : contexts) {
      if (context instanceof SQLQueryContext text
          && text.sqlText().isDefined()
          && KIND.equals(text.objectType())) {
        Source source = new Source(text.objectName(), text.sqlText().get());
        return Optional.of(new Span(source, text.startIndex(), text.stopIndex() + 1));
      }
    }
    return Optional.empty();
  }

  private static Origin origin(Span span) {
    int last = Math.max(span.start(), span.end() - 1);
    return new Origin(
        Option.apply(span.line()),
        Option.apply(span.column() - 1),
        Option.apply(span.start()),
        Option.apply(last),
        Option.apply(span.source().text()),
        Option.apply(KIND),
        Option.apply(span.source().name()),
        Option.empty(),
        Option.empty(),
        Option.empty());
  }
}
