package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.engine.Rows;
import dev.weft.engine.spi.Run;
import dev.weft.grammar.WeftException;
import dev.weft.planner.plan.PlannedModel;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Feature;
import dev.weft.planner.spi.ModelSignature.FeatureKind;
import dev.weft.planner.spi.ModelSignature.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.tools.RelBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PredictTest {

  private final TestPlans plans = new TestPlans();
  private final RelBuilder b = plans.builder;

  @AfterEach
  void nothingIsLeftAllocated() throws InterruptedException {
    for (int i = 0; i < 50 && TestSpark.allocated() > 0; i++) {
      Thread.sleep(100);
    }
    assertThat(TestSpark.allocated()).isZero();
  }

  private static PlannedModel model(String name) {
    TestSpark.EXCHANGES.putIfAbsent(name, FakeExchange.of(name));
    ModelSignature signature =
        new ModelSignature(
            "fake",
            Task.REGRESSION,
            List.of(new Feature("x", "double", FeatureKind.NUMBER)),
            Optional.of(new Column("y", "double", true)));
    return PlannedModel.existing(name, 1, signature);
  }

  /** Columns id and x, x null where the id ends in 7. */
  private RelNode numbers(long count, int partitions) {
    String text =
        "select id, case when id % 10 = 7 then null else cast(id as double) end as x from range(0, "
            + count
            + ", 1, "
            + partitions
            + ")";
    return plans.text(text);
  }

  RelNode predicted(String name, long count, int partitions) {
    return plans.predict(numbers(count, partitions), model(name), List.of(1), List.of(0));
  }

  @Test
  void everyRowGetsItsAnswerInOrder() {
    List<List<Object>> rows = new ArrayList<>();
    TestSpark.collect(predicted("echo", 50_000, 3)).forEach(row -> rows.add(new ArrayList<>(row)));
    assertThat(rows).hasSize(50_000);
    assertThat(rows.get(6)).isEqualTo(List.of(6L, 6.0, 7.0));
    assertThat(rows.get(7)).isEqualTo(Arrays.asList(7L, null, null));
    assertThat(rows.get(49_999)).isEqualTo(List.of(49_999L, 49_999.0, 50_000.0));
  }

  @Test
  void emptyPartitionsAndEmptyInputsAreFine() {
    assertThat(TestSpark.collect(predicted("echo", 3, 8))).hasSize(3);
    assertThat(TestSpark.collect(predicted("echo", 0, 2))).isEmpty();
  }

  @Test
  void aLimitAboveStopsEarly() {
    RelNode plan = b.push(predicted("limited", 1_000_000, 1)).limit(0, 5).build();
    assertThat(TestSpark.collect(plan)).hasSize(5);
    assertThat(FakeExchange.sent("limited").get()).isLessThan(30_000);
  }

  @Test
  void aggregatesJoinsAndFiltersWorkAbove() {
    b.push(predicted("echo", 1000, 2));
    b.filter(b.greaterThan(b.field("y_pred"), b.literal(900)));
    b.push(predicted("echo", 1000, 2));
    b.join(JoinRelType.INNER, b.equals(b.field(2, 0, "id"), b.field(2, 1, "id")));
    RelNode plan = b.aggregate(b.groupKey(), b.countStar("n")).build();
    assertThat(TestSpark.collect(plan)).containsExactly(List.of(90L));
  }

  @Test
  void twoModelsAndAFilterBetweenThemTakeNoJobOfTheirOwn() {
    b.push(predicted("echo", 10_000, 3));
    b.filter(b.greaterThan(b.field("y_pred"), b.literal(5000)));
    b.project(b.field("id"), b.alias(b.field("y_pred"), "first"));
    RelNode plan = plans.predict(b.build(), model("second"), List.of(1), List.of(0));
    SparkWork work = SparkWork.of(() -> assertThat(TestSpark.collect(plan)).hasSize(4500));
    SparkWork plain = SparkWork.of(() -> TestSpark.collect(numbers(10_000, 3)));
    assertThat(work.jobs()).isNotEmpty().hasSameSizeAs(plain.jobs());
  }

  @Test
  void aTextMayReadPredictedRowsTwice() {
    Map<String, RelNode> tables = Map.of("p", predicted("echo", 100, 2));
    RelNode plan =
        plans.text(
            "with q as (select * from p) select count(*) as n, sum(a.y_pred) as s from q a join q b"
                + " on a.id = b.id join P c on c.id = a.id where a.id < 5",
            tables);
    assertThat(TestSpark.collect(plan)).containsExactly(List.of(5L, 15.0));
  }

  @Test
  void aFailureOfTheModelKeepsItsCode() {
    TestSpark.EXCHANGES.put("broken", new FakeExchange("broken", 0, false));
    assertThatThrownBy(() -> TestSpark.collect(predicted("broken", 10, 1)))
        .isInstanceOf(WeftException.class)
        .hasMessage("test.weft:1:1: error PREDICTION_FAILED: the fake model is broken");
  }

  @Test
  void cancelEndsAHangingPrediction() throws Exception {
    TestSpark.EXCHANGES.put("hanging", new FakeExchange("hanging", -1, true));
    AtomicBoolean cancelled = new AtomicBoolean();
    Run run = TestSpark.run(cancelled, new ArrayList<>());
    RelNode plan = predicted("hanging", 100, 2);
    CompletableFuture<List<List<Object>>> result =
        CompletableFuture.supplyAsync(
            () -> {
              Rows rows = TestSpark.backend().rows(plan, run);
              TestSpark.collect(rows);
              return List.of();
            });
    TimeUnit.SECONDS.sleep(2);
    cancelled.set(true);
    TestSpark.backend().cancel(run.id());
    assertThatThrownBy(() -> result.get(100, TimeUnit.SECONDS)).hasMessageContaining("CANCELLED");
  }
}
