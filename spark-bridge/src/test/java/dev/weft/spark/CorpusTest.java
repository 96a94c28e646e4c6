package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Spark's own SQL tests, planned and in plain Spark. The rates may only rise: whoever raises one
 * raises it here. All files with {@code -Pfull}, a few without.
 */
@Tag("slow")
class CorpusTest {

  private static final Set<String> SAMPLE =
      Set.of(
          "cross-join.sql",
          "group-by-all.sql",
          "having.sql",
          "limit.sql",
          "subquery/in-subquery/in-basic.sql");

  private final boolean full = Boolean.getBoolean("weft.full");

  @Test
  void statementsGiveWhatSparkGives() throws IOException {
    Corpus corpus = new Corpus(TestSpark.session());
    List<Comparison> results = new ArrayList<>();
    for (String name : CorpusFile.names()) {
      if (full || SAMPLE.contains(name)) {
        results.addAll(corpus.compare(CorpusFile.read(name)));
      }
    }
    CorpusReport report = new CorpusReport(results);
    report.write(Path.of("target/corpus/" + (full ? "full" : "sample") + ".md"));
    System.err.println(report.summary());
    assertThat(report.parsed()).isGreaterThanOrEqualTo(full ? 99.8 : 100);
    assertThat(report.equalRows()).isGreaterThanOrEqualTo(full ? 99 : 95);
    assertThat(report.refused()).isGreaterThanOrEqualTo(full ? 97 : 95);
    assertThat(report.handedOver()).isLessThanOrEqualTo(full ? 15 : 25);
  }
}
