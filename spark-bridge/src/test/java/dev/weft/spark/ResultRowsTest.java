package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.engine.Progress;
import dev.weft.engine.Rows;
import dev.weft.engine.spi.Run;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.calcite.rel.RelNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ResultRowsTest {

  private final TestPlans plans = new TestPlans();

  @AfterEach
  void nothingIsLeftAllocated() throws InterruptedException {
    for (int i = 0; i < 50 && TestSpark.allocated() > 0; i++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertThat(TestSpark.allocated()).isZero();
  }

  @Test
  void aMillionRowsStreamInBatches() {
    RelNode plan = plans.text("select id, cast(id as string) as s from range(0, 1000000, 1, 7)");
    long rows = 0;
    long batches = 0;
    try (Rows result = TestSpark.backend().rows(plan, TestSpark.run())) {
      for (VectorSchemaRoot b = result.next(); b != null; b = result.next()) {
        rows += b.getRowCount();
        batches++;
        assertThat(b.getRowCount()).isLessThanOrEqualTo(16_384);
      }
    }
    assertThat(rows).isEqualTo(1_000_000);
    assertThat(batches).isGreaterThan(60);
  }

  @Test
  void everyTypeArrives() {
    RelNode plan =
        plans.text(
            "select cast(12345678901234567890123456789012345678 as decimal(38,0)) as d,"
                + " timestamp'2001-02-03 04:05:06' as t, timestamp_ntz'2001-02-03 04:05:06' as n,"
                + " date'2001-02-03' as day, map('a', 1) as m, array(1, null) as a,"
                + " named_struct('x', 1, 'y', 'z') as s, null as nothing, x'0102' as b,"
                + " true as t1, 1Y as b1, 2S as s1, 1.5f as f1, interval '1' day as i1,"
                + " interval '2' month as i2");
    assertThat(TestSpark.collect(plan)).hasSize(1);
    assertThat(TestSpark.backend().schema(plan).findField("d").getType().toString())
        .isEqualTo("Decimal(38, 0, 128)");
  }

  @Test
  void closingEarlyStopsTheRest() {
    RelNode plan = plans.text("select id from range(0, 100000000, 1, 400)");
    try (Rows result = TestSpark.backend().rows(plan, TestSpark.run())) {
      assertThat(result.next()).isNotNull();
    }
  }

  @Test
  void progressCountsTasks() throws InterruptedException {
    List<Progress> progress = Collections.synchronizedList(new ArrayList<>());
    RelNode plan = plans.text("select count(*) as n from range(0, 1000, 1, 5)");
    Rows rows = TestSpark.backend().rows(plan, TestSpark.run(new AtomicBoolean(), progress));
    assertThat(TestSpark.collect(rows)).containsExactly(List.of(1000L));
    for (int i = 0; i < 50 && progress.isEmpty(); i++) {
      Thread.sleep(20);
    }
    assertThat(progress).isNotEmpty().allMatch(p -> p.unit().equals("tasks"));
  }

  @Test
  void cancelEndsAQueryThatWouldRunForDays() throws Exception {
    AtomicBoolean cancelled = new AtomicBoolean();
    Run run = TestSpark.run(cancelled, new ArrayList<>());
    RelNode plan = plans.text("select sum(id % 7) as s from range(0, 10000000000000, 1, 4)");
    CompletableFuture<Void> result =
        CompletableFuture.runAsync(() -> TestSpark.collect(TestSpark.backend().rows(plan, run)));
    TimeUnit.SECONDS.sleep(3);
    cancelled.set(true);
    TestSpark.backend().cancel(run.id());
    assertThatThrownBy(() -> result.get(100, TimeUnit.SECONDS)).hasMessageContaining("CANCELLED");
  }

  @Test
  void errorsAreOneSentenceWithTheirCondition() {
    RelNode plan = plans.text("select cast(concat('a', id) as int) as x from range(1)");
    assertThatThrownBy(() -> TestSpark.collect(plan))
        .hasMessageStartingWith("test.weft:1:1: error QUERY_FAILED: 'a0' is no int")
        .hasMessageEndingWith("(CAST_INVALID_INPUT)")
        .hasMessageNotContaining("\n");
  }

  @Test
  void statementsOfSparkSeeTheScriptsTables() {
    Map<String, RelNode> tables = Map.of("trips", plans.text("select 1 as a, 'x' as b"));
    Run run = TestSpark.run();
    assertThat(TestSpark.collect(TestSpark.backend().sql("describe trips", tables, run)))
        .hasSize(2);
    assertThat(TestSpark.collect(TestSpark.backend().sql("select * from TRIPS", tables, run)))
        .containsExactly(List.of(1, "x"));
    assertThatThrownBy(
            () -> TestSpark.collect(TestSpark.backend().sql("select * from trips", Map.of(), run)))
        .hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND")
        .hasMessageNotContaining("SQLSTATE");
  }
}
