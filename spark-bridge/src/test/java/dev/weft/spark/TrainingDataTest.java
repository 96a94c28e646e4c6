package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.engine.Progress;
import dev.weft.engine.spi.ArrowSink;
import dev.weft.engine.spi.TrainingData;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.calcite.rel.RelNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class TrainingDataTest {

  private final TestPlans plans = new TestPlans();

  /** Keeps id to order of what was committed. */
  record FakeSink(String name, boolean fails) implements ArrowSink {

    private static final long serialVersionUID = 1L;
    static final Map<String, Map<Long, Long>> ORDERS = new ConcurrentHashMap<>();

    @Override
    public Upload open(int partition, long attempt, BufferAllocator a, VectorSchemaRoot root) {
      Map<Long, Long> rows = new TreeMap<>();
      return new Upload() {
        private long batches;

        @Override
        public void send() {
          if (fails) {
            throw new IllegalStateException("the sink is gone");
          }
          batches++;
          BigIntVector ids = (BigIntVector) root.getVector("id");
          BigIntVector orders = (BigIntVector) root.getVector(TrainingData.ORDER);
          for (int i = 0; i < root.getRowCount(); i++) {
            rows.put(ids.get(i), orders.get(i));
          }
        }

        @Override
        public Sent commit() {
          ORDERS
              .computeIfAbsent(name, n -> Collections.synchronizedMap(new TreeMap<>()))
              .putAll(rows);
          return new Sent(partition, attempt, rows.size(), batches);
        }

        @Override
        public void close() {}
      };
    }
  }

  private RelNode rows(int partitions) {
    return plans.text("select id, id % 3 as x from range(0, 40000, 1, " + partitions + ")");
  }

  @Test
  void theOrderDependsOnRowsAndSeedOnly() {
    TestSpark.backend().trainingData(rows(1), 7, TestSpark.run()).send(new FakeSink("a", false));
    TestSpark.backend().trainingData(rows(5), 7, TestSpark.run()).send(new FakeSink("b", false));
    TestSpark.backend().trainingData(rows(5), 8, TestSpark.run()).send(new FakeSink("c", false));
    assertThat(FakeSink.ORDERS.get("a")).hasSize(40_000).isEqualTo(FakeSink.ORDERS.get("b"));
    assertThat(FakeSink.ORDERS.get("a")).isNotEqualTo(FakeSink.ORDERS.get("c"));
  }

  @Test
  void everyPartitionGivesOneReceipt() {
    List<Progress> progress = Collections.synchronizedList(new ArrayList<>());
    TrainingData data =
        TestSpark.backend().trainingData(rows(4), 1, TestSpark.run(new AtomicBoolean(), progress));
    List<ArrowSink.Sent> sent = data.send(new FakeSink("d", false));
    assertThat(sent).hasSize(4).allMatch(receipt -> receipt.rows() == 10_000);
    assertThat(sent).extracting(ArrowSink.Sent::partition).containsExactly(0, 1, 2, 3);
    assertThat(data.schema().getFields())
        .extracting(f -> f.getName())
        .containsExactly("id", "x", TrainingData.ORDER);
    assertThat(TestSpark.allocated()).isZero();
  }

  @Test
  void aSinkThatFailsFailsTheStatement() {
    TrainingData data = TestSpark.backend().trainingData(rows(2), 1, TestSpark.run());
    assertThatThrownBy(() -> data.send(new FakeSink("e", true)))
        .hasMessageContaining("QUERY_FAILED: the sink is gone");
    assertThat(TestSpark.allocated()).isZero();
  }
}
