package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What statements of one script save each other, by Spark's own metrics. */
class CrossStatementTest {

  private static final int ROWS = 400;

  private static final String SUMS =
      """
      load csv.`wide.csv` where header = true and inferSchema = true as w;
      select c0, sum(c1) as s from w group by c0 as sums;
      """;

  @TempDir Path folder;
  private ScriptRun script;

  @BeforeEach
  void writeFiles() throws IOException {
    script = new ScriptRun(folder);
    String names = IntStream.range(0, 30).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
    String rows =
        IntStream.range(0, ROWS)
            .mapToObj(
                r ->
                    IntStream.range(0, 30)
                        .mapToObj(c -> String.valueOf(c == 0 ? r % 4 : r * c))
                        .collect(Collectors.joining(",")))
            .collect(Collectors.joining("\n"));
    Files.writeString(folder.resolve("wide.csv"), names + "\n" + rows + "\n");
    script.submit(
        """
        load csv.`wide.csv` where header = true and inferSchema = true as wide;
        save wide as parquet.`wide`;
        save wide as parquet.`parted` partition by c0;
        """);
  }

  @AfterEach
  void close() {
    script.close();
  }

  @Test
  void onlyTheColumnsThatLaterStatementsUseAreRead() {
    String text =
        """
        select c1, c2, c3 * 2 as twice, c4, c5 from w as some;
        select c1 + c2 as s, twice, c4 from some as fewer;
        select sum(s) as s, sum(twice) as t, sum(c4) as f from fewer;
        """;
    SparkWork parquet = script.run("load parquet.`wide` as w;" + text);
    assertThat(parquet.scans()).hasSize(1);
    assertThat(parquet.scans().get(0).columns()).containsExactly("c1", "c2", "c3", "c4");
    List<?> expected = script.answers().get(0);
    SparkWork csv =
        script.run("load csv.`wide.csv` where header = true and inferSchema = true as w;" + text);
    assertThat(csv.scans()).hasSize(1);
    assertThat(csv.scans().get(0).columns()).containsExactly("c1", "c2", "c3", "c4");
    assertThat(script.answers().get(0)).isEqualTo(expected);
  }

  @Test
  void aTableThatThreeStatementsReadIsReadOnce() {
    SparkWork work =
        script.run(
            """
            load csv.`wide.csv` where header = true and inferSchema = true as w;
            select c0, sum(c1) as s, max(c2) as m from w group by c0 as sums;
            select sum(s) as s from sums;
            select max(m) as m from sums where c0 = 3;
            save overwrite sums as csv.`out`;
            """);
    assertThat(work.scans()).hasSize(1);
    assertThat(work.scans().get(0).rows()).isEqualTo(ROWS);
    assertThat(script.answers()).containsExactly(List.of(List.of(79800L)), List.of(List.of(798)));
  }

  @Test
  void aJoinThatTwoStatementsReadIsMadeOnce() {
    SparkWork work =
        script.run(
            """
            load parquet.`wide` as w;
            select a.c1, b.c2 from w a join w b on a.c1 = b.c1 as joined;
            select a.c1, b.c2 from w a, w b where a.c1 = b.c1 as listed;
            select sum(c1) as s from joined;
            select max(c2) as m from joined where c1 > 5;
            select sum(c1) as s from listed;
            select max(c2) as m from listed where c1 > 5;
            """);
    // Two sides of two joins.
    assertThat(work.scans()).hasSize(4);
    assertThat(script.answers())
        .containsExactly(
            List.of(List.of(79800L)),
            List.of(List.of(798)),
            List.of(List.of(79800L)),
            List.of(List.of(798)));
  }

  @Test
  void whatAJoinWithoutKeysMakesIsLeftToItsReaders() {
    SparkWork work =
        script.run(
            """
            load csv.`wide.csv` where header = true and inferSchema = true as w;
            select a.c1, b.c2 from w a join w b on a.c1 < b.c1 as more;
            select count(*) as n from more where c1 = 399;
            select count(*) as n from more where c1 = 398;
            """);
    assertThat(work.scans()).isNotEmpty();
    assertThat(work.records()).isLessThan(3L * ROWS * ROWS / 8);
    assertThat(script.answers()).containsExactly(List.of(List.of(0L)), List.of(List.of(1L)));
  }

  @Test
  void filtersCrossTheBordersOfStatements() {
    SparkWork work =
        script.run(
            """
            load parquet.`wide` as w;
            select c1 as a, c2 + 1 as b from w as renamed;
            select a, b from renamed where b is not null as same;
            select count(*) as n from same where a > 390;
            """);
    assertThat(work.scans()).hasSize(1);
    assertThat(work.scans().get(0).pushed()).contains("GreaterThan(c1,390)");
    assertThat(script.answers()).containsExactly(List.of(List.of(9L)));
  }

  @Test
  void partitionsThatNobodyWantsAreNotRead() {
    SparkWork work =
        script.run(
            """
            load parquet.`parted` as w;
            select c0 as part, c1 as a from w as renamed;
            select sum(a) as s from renamed where part = 2;
            """);
    assertThat(work.scans()).hasSize(1);
    assertThat(work.scans().get(0).files()).isEqualTo(1);
    assertThat(work.scans().get(0).partitions()).contains("= 2");
    assertThat(work.records()).isEqualTo(ROWS / 4);
    assertThat(script.answers()).containsExactly(List.of(List.of(20000L)));
  }

  @Test
  void aChainIsOneJob() {
    SparkWork work =
        script.run(
            """
            load parquet.`wide` as w;
            select c1 as a, c2 as b from w where c0 = 1 as one;
            select a + b as s from one as two;
            select s * 2 as t from two where s > 0 as three;
            select t from three where t < 1000;
            """);
    assertThat(work.jobs()).hasSize(1);
    assertThat(work.scans()).hasSize(1);
  }

  @Test
  void whatOnlyLooksOrTunesDoesNotSeparateStatements() {
    SparkWork work =
        script.run(
            SUMS
                + """
                select sum(s) as s from sums;
                show tables;
                set spark.sql.shuffle.partitions = 3;
                describe sums;
                select max(s) as m from sums;
                """);
    assertThat(work.scans()).hasSize(1);
  }

  @Test
  void behindAStatementThatMayChangeRowsTheyAreReadAgain() {
    SparkWork work =
        script.run(
            SUMS
                + """
                select sum(s) as s from sums;
                select max(s) as m from sums;
                create temporary view other as select 1 as one;
                select sum(s) as s from sums;
                select max(s) as m from sums;
                """);
    assertThat(work.scans()).hasSize(2);
    assertThat(script.answers().get(0)).isEqualTo(script.answers().get(2));
  }

  @Test
  void textAndClausesThatSparkPlansReadTheSharedRows() {
    SparkWork work =
        script.run(
            SUMS
                + """
                select sum(s) as s from sums;
                select * from (select c0, s from sums) pivot (max(s) for c0 in (0, 1));
                with recursive r as (
                  select 0 as i union all
                  select i + 1 from r, (select count(*) as n from sums) c where i < n)
                select max(i) as m from r;
                set weft.planner = 'spark';
                select min(s) as s from sums;
                """);
    assertThat(work.scans()).hasSize(1);
    assertThat(script.answers())
        .containsExactly(
            List.of(List.of(79800L)),
            List.of(List.of(19800L, 19900L)),
            List.of(List.of(4)),
            List.of(List.of(19800L)));
  }

  @Test
  void aTableOfTheCatalogIsReadOnceToo() {
    script.submit("create table wides using parquet as select * from parquet.`wide`;");
    SparkWork work =
        script.run(
            """
            select c0, sum(c1) as s from wides group by c0 as sums;
            select sum(s) as s from sums;
            select max(s) as s from sums;
            """);
    script.submit("drop table wides;");
    assertThat(work.scans()).hasSize(1);
    assertThat(work.scans().get(0).columns()).containsExactly("c0", "c1");
  }
}
