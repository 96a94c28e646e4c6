package dev.weft.spark;

import dev.weft.spark.Outcome.Answered;
import dev.weft.spark.Outcome.Kind;
import dev.weft.spark.Outcome.Refused;
import java.util.List;
import java.util.Locale;

/** What a statement's two outcomes say when put side by side. */
enum Verdicts {
  /** Equal rows under equal columns, or both refuse. */
  SAME,
  /** The rows differ. */
  ROWS,
  /** The rows are equal and their order is not, where the query asks for one. */
  ORDER,
  /** The rows are equal, and names or types of the columns are not. */
  COLUMNS,
  /** Our grammar refuses what Spark answers. */
  PARSE,
  /** Our checks refuse what Spark answers. */
  CHECK,
  /** It fails while it runs, where Spark answers. */
  RUN,
  /** It fails with an error that is no answer to anybody. */
  BUG,
  /** Spark refuses and we answer. */
  ANSWERED;

  static Verdicts of(String statement, Outcome plain, Outcome ours) {
    if (ours instanceof Refused refused) {
      boolean both = plain instanceof Refused;
      return both && refused.kind() != Kind.BUG ? SAME : valueOf(refused.kind().name());
    }
    if (!(plain instanceof Answered expected)) {
      return ANSWERED;
    }
    Answered found = (Answered) ours;
    if (!sorted(expected.rows()).equals(sorted(found.rows()))) {
      return ROWS;
    }
    if (ordered(statement) && !expected.rows().equals(found.rows())) {
      return ORDER;
    }
    return expected.columns().equals(found.columns()) ? SAME : COLUMNS;
  }

  private static List<String> sorted(List<String> rows) {
    return rows.stream().sorted().toList();
  }

  private static boolean ordered(String statement) {
    String text = statement.toLowerCase(Locale.ROOT);
    return text.lastIndexOf("order by") > text.lastIndexOf(')');
  }
}
