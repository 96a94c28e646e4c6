package dev.weft.spark;

import dev.weft.spark.Outcome.Answered;
import dev.weft.spark.Outcome.Kind;
import dev.weft.spark.Outcome.Refused;
import dev.weft.spark.convert.Catalyst;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.HiveResult$;

/** The rival: a statement as Spark alone runs it. */
final class PlainSpark implements Way {

  private final SparkSession session;

  PlainSpark(SparkSession session) {
    this.session = session;
  }

  /** Whether Spark's parser takes it. */
  boolean parses(String statement) {
    try {
      session.sessionState().sqlParser().parsePlan(statement);
      return true;
    } catch (Exception refused) {
      return false;
    }
  }

  @Override
  public Outcome answer(String statement) {
    SparkSession.setActiveSession(session);
    try {
      return rows(session.sql(statement));
    } catch (Exception | StackOverflowError refused) {
      Kind kind = refused instanceof ParseException ? Kind.PARSE : Kind.RUN;
      return new Refused(kind, sentence(refused));
    }
  }

  static Answered rows(Dataset<Row> dataset) {
    String columns = dataset.schema().toDDL();
    List<String> rows =
        Catalyst.list(
            HiveResult$.MODULE$.hiveResultString(dataset.queryExecution().executedPlan()));
    return new Answered(columns, List.copyOf(rows));
  }

  static String sentence(Throwable failure) {
    String text = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    return failure.getClass().getSimpleName().toLowerCase(Locale.ROOT) + ": " + text;
  }
}
