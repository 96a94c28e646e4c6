package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.engine.Rows;
import dev.weft.engine.SessionListener;
import dev.weft.engine.Submission;
import dev.weft.grammar.Source;
import dev.weft.grammar.WeftException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rows that several statements share are those a reader of the script expects. */
@Timeout(120)
class SharedRowsTest {

  private static final String ENDLESS =
      """
      select id % 7 as k, count(*) as n from range(0, 10000000000000, 1, 2) group by 1 as big;
      select sum(n) as s from big;
      select max(n) as m from big;
      """;

  @TempDir Path folder;
  private ScriptRun script;

  @BeforeEach
  void writeFiles() throws IOException {
    script = new ScriptRun(folder);
    Files.writeString(folder.resolve("t.csv"), "a,b\n1,10\n2,20\n3,30\n");
  }

  @AfterEach
  void close() {
    script.close();
  }

  @Test
  void aCancelEndsWhatComputesThemAndKeepsNothing() throws Exception {
    SparkContext spark = TestSpark.session().sparkContext();
    int kept = spark.getPersistentRDDs().size();
    // The last job of another test may still be on its way out.
    Set<Integer> others = activeJobs(spark);
    CompletableFuture<Void> run = CompletableFuture.runAsync(() -> script.submit(ENDLESS));
    while (others.containsAll(activeJobs(spark))) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    script.session().cancel();
    assertThatThrownBy(() -> run.get(60, TimeUnit.SECONDS)).hasMessageContaining("CANCELLED");
    assertThat(spark.getPersistentRDDs().size()).isEqualTo(kept);
    script.submit("select 1 as one;");
    assertThat(script.answers()).containsExactly(List.of(List.of(1)));
  }

  private static Set<Integer> activeJobs(SparkContext spark) {
    return Arrays.stream(spark.statusTracker().getActiveJobIds())
        .boxed()
        .collect(Collectors.toSet());
  }

  @Test
  void aTimeLimitEndsWhatComputesThem() {
    assertThatThrownBy(() -> script.submit("set weft.timeout = '2 s';" + ENDLESS))
        .isInstanceOf(WeftException.class)
        .hasMessageContaining("TIMED_OUT")
        .hasMessageContaining("script.weft:2:1");
  }

  @Test
  void rowsThatTheMemoryLosesAreComputedAgain() {
    List<List<List<@Nullable Object>>> answers = new ArrayList<>();
    Submission text =
        new Submission(
            new Source(
                "script.weft",
                """
                load csv.`t.csv` where header = true and inferSchema = true as t;
                select a, sum(b) as s from t group by a as sums;
                select sum(s) as s from sums;
                select max(s) as s from sums;
                """),
            folder,
            OptionalLong.empty());
    script
        .session()
        .run(
            text,
            new SessionListener() {
              @Override
              public void rows(Rows rows) {
                answers.add(TestSpark.collect(rows));
                forgetBlocks();
              }
            });
    assertThat(answers).containsExactly(List.of(List.of(60L)), List.of(List.of(30L)));
  }

  private static void forgetBlocks() {
    var kept = TestSpark.session().sparkContext().getPersistentRDDs();
    assertThat(kept.isEmpty()).isFalse();
    for (Object number : scala.jdk.javaapi.CollectionConverters.asJava(kept).keySet()) {
      SparkEnv.get().blockManager().master().removeRdd((Integer) number, true);
    }
  }

  @Test
  void whatIsWrittenOverBetweenStatementsIsReadAgain() {
    script.submit(
        """
        load csv.`t.csv` where header = true and inferSchema = true as t;
        select sum(a) as s, count(*) as n from t as counted;
        select s, n from counted;
        select 7 as a, 70 as b as one;
        save overwrite one as csv.`t.csv` where header = true;
        select s, n from counted;
        select n from counted;
        """);
    assertThat(script.answers())
        .containsExactly(List.of(List.of(6L, 3L)), List.of(List.of(7L, 1L)), List.of(List.of(1L)));
  }

  @Test
  void columnsAreFoundByNameInWhatWasWrittenOver() {
    script.submit(
        """
        load csv.`t.csv` where header = true and inferSchema = true as t;
        select sum(b) as s from t as summed;
        select s from summed;
        select 'x' as c, 70 as b as one;
        save overwrite one as csv.`t.csv` where header = true;
        select s from summed;
        """);
    assertThat(script.answers()).containsExactly(List.of(List.of(60L)), List.of(List.of(70L)));
  }

  @Test
  void aColumnThatIsGoneIsSaid() {
    assertThatThrownBy(() -> overwriting("1 as c, 2 as d"))
        .hasMessageContaining("the column 'a' is gone: the files have changed");
  }

  @Test
  void aColumnThatHasAnotherTypeNowIsSaid() {
    assertThatThrownBy(() -> overwriting("'x' as a, 2 as b"))
        .hasMessageContaining("the column 'a' was INT and is STRING");
  }

  private void overwriting(String columns) {
    script.submit(
        """
        load csv.`t.csv` where header = true and inferSchema = true as t;
        select sum(a) as s from t as summed;
        select s from summed;
        select %s as one;
        save overwrite one as csv.`t.csv` where header = true;
        select s from summed;
        """
            .formatted(columns));
  }
}
