package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.engine.Rows;
import dev.weft.spark.convert.Catalyst;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockStatus;
import org.apache.spark.storage.StreamBlockId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import scala.runtime.AbstractFunction1;

/** However slowly a result is read, it holds little memory and no core. */
@Timeout(120)
class StreamedRowsTest {

  private static final long MEMORY = 64L << 20;

  private final TestPlans plans = new TestPlans();

  @Test
  void slowReadersHoldLittleMemoryAndNoCore() throws InterruptedException {
    try (Rows first = range();
        Rows second = range()) {
      assertThat(first.next()).isNotNull();
      assertThat(second.next()).isNotNull();
      assertThat(TestSpark.collect(plans.text("select count(*) as n from range(0, 10, 1, 2)")))
          .containsExactly(List.of(10L));
      List<BlockStatus> waiting = waiting();
      while (size(waiting) < 2 * (16_000_000L - 100_000) * Long.BYTES) {
        Thread.sleep(20);
        waiting = waiting();
      }
      assertThat(waiting.stream().mapToLong(BlockStatus::memSize).sum()).isLessThan(2 * MEMORY);
      assertThat(waiting.stream().mapToLong(BlockStatus::diskSize).sum()).isGreaterThan(MEMORY);
      assertThat(rest(first)).isEqualTo(rest(second)).isEqualTo(16_000_000L - 16_384);
    }
    assertThat(waiting()).isEmpty();
  }

  @Test
  void aReaderThatStopsStopsTheTasks() throws InterruptedException {
    try (Rows rows = open("select id from range(0, 10000000000000, 1, 2)")) {
      assertThat(rows.next()).isNotNull();
      while (running() < 2) {
        Thread.sleep(20);
      }
    }
    while (running() > 0) {
      Thread.sleep(20);
    }
    TestSpark.collect(plans.text("select id from range(0, 10, 1, 2)"));
    assertThat(waiting()).isEmpty();
  }

  @Test
  void wideRowsMakeSmallBatches() {
    try (Rows rows = open("select repeat('x', 1000000) as x from range(0, 100, 1, 2)")) {
      int total = 0;
      for (VectorSchemaRoot b = rows.next(); b != null; b = rows.next()) {
        assertThat(b.getRowCount()).isLessThan(10);
        total += b.getRowCount();
      }
      assertThat(total).isEqualTo(100);
    }
  }

  private Rows range() {
    return open("select id from range(0, 16000000, 1, 2)");
  }

  private Rows open(String text) {
    return TestSpark.backend().rows(plans.text(text), TestSpark.run());
  }

  /** Reads what is left and checks its order. */
  private static long rest(Rows rows) {
    long count = 0;
    long last = 0;
    for (VectorSchemaRoot b = rows.next(); b != null; b = rows.next()) {
      BigIntVector ids = (BigIntVector) b.getVector(0);
      for (int i = 0; i < b.getRowCount(); i++, count++) {
        if (ids.get(i) <= last) {
          throw new AssertionError(ids.get(i) + " after " + last);
        }
        last = ids.get(i);
      }
    }
    return count;
  }

  /** What Spark's status says, which lags behind. */
  private static int running() {
    return Arrays.stream(SparkSession.active().sparkContext().statusTracker().getExecutorInfos())
        .mapToInt(e -> e.numRunningTasks())
        .sum();
  }

  private static long size(List<BlockStatus> blocks) {
    return blocks.stream().mapToLong(block -> block.memSize() + block.diskSize()).sum();
  }

  private static List<BlockStatus> waiting() {
    BlockManager blocks = SparkEnv.get().blockManager();
    List<BlockId> found =
        Catalyst.list(
            blocks.getMatchingBlockIds(
                new AbstractFunction1<>() {
                  @Override
                  public Object apply(BlockId block) {
                    return block instanceof StreamBlockId;
                  }
                }));
    return found.stream()
        .map(block -> blocks.getStatus(block))
        .filter(status -> status.isDefined())
        .map(status -> status.get())
        .toList();
  }
}
