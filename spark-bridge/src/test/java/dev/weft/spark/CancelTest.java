package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.engine.spi.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.rel.RelNode;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cancelled statement ends, and its tasks leave their cores to others. */
@Timeout(120)
@Tag("slow")
class CancelTest {

  private final TestPlans plans = new TestPlans();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select id % 7 as k, count(*) as n from range(0, 10000000000000, 1, 2) group by 1",
        "select count(*) as n from range(0, 10000000000000, 1, 2) where id % 7 = 9",
        "select count(*) as n from range(0, 300000, 1, 2) l join range(0, 300000, 1, 2) r"
            + " on l.id < r.id",
        "select sum(l.id + r.id) as n from range(0, 300000, 1, 2) l"
            + " cross join range(0, 300000, 1, 2) r",
        "select count(x) as n from range(0, 2, 1, 2)"
            + " lateral view explode(sequence(0, 2000000)) a as x"
            + " lateral view explode(sequence(0, 2000000)) b as y",
      })
  void coresAreFreeSoonAfterACancel(String text) throws Exception {
    AtomicBoolean cancelled = new AtomicBoolean();
    Run run = TestSpark.run(cancelled, new ArrayList<>());
    RelNode plan = plans.text(text);
    CompletableFuture<Void> result =
        CompletableFuture.runAsync(() -> TestSpark.collect(TestSpark.backend().rows(plan, run)));
    while (running() < 2) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    TimeUnit.MILLISECONDS.sleep(500);
    cancelled.set(true);
    TestSpark.backend().cancel(run.id());
    assertThatThrownBy(() -> result.get(50, TimeUnit.SECONDS)).hasMessageContaining("CANCELLED");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    while (running() > 0 && System.nanoTime() - deadline < 0) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(running()).isZero();
  }

  private static int running() {
    return Arrays.stream(SparkSession.active().sparkContext().statusTracker().getExecutorInfos())
        .mapToInt(SparkExecutorInfo::numRunningTasks)
        .sum();
  }
}
