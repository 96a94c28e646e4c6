package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The queries of TPC-H and TPC-DS are planned whole and give the rows of plain Spark: all of them
 * at scale 0.1 with {@code -Pfull}, a few at 0.01 without.
 */
@Tag("slow")
class TpcTest {

  private static final Set<String> H = Set.of("q1", "q3", "q18", "q21");
  private static final Set<String> DS = Set.of("q3", "q27", "q36", "q41", "q98");

  private final boolean full = Boolean.getBoolean("weft.full");

  @Test
  void tpchRowsAreThoseOfSpark() throws IOException {
    SparkSession session = TestSpark.session().newSession();
    data(session, "tpch").tpch();
    compare(session, "tpch", H);
  }

  @Test
  void tpcdsRowsAreThoseOfSpark() throws IOException {
    SparkSession session = TestSpark.session().newSession();
    data(session, "tpcds").tpcds();
    compare(session, "tpcds", DS);
  }

  private TpcData data(SparkSession session, String suite) {
    double scale = full ? 0.1 : 0.01;
    session.conf().set("spark.sql.shuffle.partitions", "2");
    return new TpcData(session, Path.of("target/tpc", suite + "-" + scale), scale);
  }

  private void compare(SparkSession session, String suite, Set<String> sample) throws IOException {
    PlainSpark plain = new PlainSpark(session);
    PlannedSpark planned = new PlannedSpark(session);
    List<Comparison> results = new ArrayList<>();
    for (Map.Entry<String, String> text : TpcQueries.of(suite).entrySet()) {
      if (full || sample.contains(text.getKey())) {
        Outcome expected = plain.answer(text.getValue());
        Outcome found = planned.answer(text.getValue());
        Verdicts verdict = Verdicts.of(text.getValue(), expected, found);
        results.add(
            new Comparison(
                suite + "/" + text.getKey(),
                1,
                text.getValue(),
                true,
                true,
                true,
                planned.handedOver(),
                planned.clauses(),
                verdict,
                expected,
                found));
      }
    }
    CorpusReport report = new CorpusReport(results);
    report.write(Path.of("target/corpus/" + suite + ".md"));
    System.err.println(suite + ": " + report.summary());
    assertThat(results).isNotEmpty();
    assertThat(results.stream().filter(TpcTest::isWrong).map(Comparison::file)).isEmpty();
  }

  /** Ties may come in any order, and names of columns without one are compared elsewhere. */
  private static boolean isWrong(Comparison result) {
    boolean equal =
        Set.of(Verdicts.SAME, Verdicts.COLUMNS, Verdicts.ORDER).contains(result.verdict());
    return !equal || !result.handedOver().isEmpty();
  }
}
