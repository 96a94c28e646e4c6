package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.engine.Rows;
import dev.weft.planner.plan.TransformFits.Level;
import dev.weft.planner.query.QueryPlanner;
import dev.weft.planner.query.RawSplit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.calcite.rel.RelNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts that SPLIT makes of raw rows, however they are drawn. */
class RawSplitTest {

  private static final int ROWS = 5000;

  private final TestPlans plans = new TestPlans();
  private final QueryPlanner planner =
      new QueryPlanner(TestSpark.backend().catalog(), new NoModels(), plans.cluster);

  /** Ids of rows: what is read of them, the label and the group leave copies and nulls. */
  private RelNode rows(int partitions) {
    return plans.text(
        "select id, cast(id % 40 as int) as x, id % 3 as label, id % 90 as place from range(0, "
            + ROWS
            + ", 1, "
            + partitions
            + ")");
  }

  private RawSplit split(String method, double fraction, long seed, int partitions) {
    boolean by = method.equals("time") || method.equals("grouped");
    RawSplit.Asked asked =
        new RawSplit.Asked(
            by ? List.of(1, 2, 3) : List.of(1, 2),
            OptionalInt.of(2),
            by ? OptionalInt.of(3) : OptionalInt.empty(),
            method,
            fraction,
            seed);
    RawSplit split = planner.transformed().split(rows(partitions), asked);
    for (Level level : split.limits()) {
      try (Rows rows = TestSpark.backend().rows(level.row(), TestSpark.run())) {
        for (VectorSchemaRoot batch = rows.next(); batch != null; batch = rows.next()) {
          for (int i = 0; i < level.places().size() && batch.getRowCount() > 0; i++) {
            Object value = batch.getVector(i).getObject(0);
            level.values().put(level.places().get(i), value == null ? null : value.toString());
          }
        }
      }
    }
    return split;
  }

  private static List<Long> ids(RelNode part) {
    List<Long> found = new ArrayList<>();
    try (Rows rows = TestSpark.backend().rows(part, TestSpark.run())) {
      for (VectorSchemaRoot batch = rows.next(); batch != null; batch = rows.next()) {
        assertThat(batch.getSchema().getFields())
            .extracting(field -> field.getName())
            .containsExactly("id", "x", "label", "place");
        BigIntVector ids = (BigIntVector) batch.getVector("id");
        for (int i = 0; i < batch.getRowCount(); i++) {
          found.add(ids.get(i));
        }
      }
    }
    return found;
  }

  private static long[] counts(List<Long> ids, int by) {
    long[] found = new long[by];
    ids.forEach(id -> found[(int) (id % by)]++);
    return found;
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "stratified", "time", "grouped"})
  void thePartsAreAllRowsOnce(String method) {
    RawSplit split = split(method, 0.3, 7, 4);
    List<Long> train = ids(split.train());
    List<Long> test = ids(split.test());
    Set<Long> all = new HashSet<>(train);
    all.addAll(test);
    assertThat(all).hasSize(ROWS);
    assertThat(train.size() + test.size()).isEqualTo(ROWS);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0001, 0.0003, 0.25, 0.5, 0.9999})
  void ofRowsAtRandomAsManyAreHeldOutAsAsked(double fraction) {
    assertThat(ids(split("random", fraction, 7, 4).test()))
        .hasSize((int) Math.round(ROWS * fraction));
  }

  @Test
  void whatIsReadOfTheRowsHeldOutDependsOnSeedAndRowsOnly() {
    long[] of = counts(ids(split("random", 0.3, 7, 1).test()), 120);
    assertThat(counts(ids(split("random", 0.3, 7, 5).test()), 120)).isEqualTo(of);
    assertThat(counts(ids(split("random", 0.3, 8, 1).test()), 120)).isNotEqualTo(of);
    // Copies of a row, 41 or 42 of each, are drawn one by one.
    assertThat(LongStream.of(of).min().orElse(0)).isPositive();
    assertThat(LongStream.of(of).max().orElse(99)).isLessThan(30);
  }

  @Test
  void ofEachLabelThereIsTheSameShare() {
    assertThat(counts(ids(split("stratified", 0.3, 7, 4).test()), 3))
        .containsExactly(500, 500, 500);
  }

  @Test
  void theLatestRowsAreHeldOut() {
    List<Long> test = ids(split("time", 0.3, 7, 4).test());
    assertThat(test).hasSize(1500);
    long least = test.stream().mapToLong(id -> id % 90).min().orElseThrow();
    assertThat(ids(split("time", 0.3, 7, 4).train())).allMatch(id -> id % 90 <= least);
  }

  @Test
  void groupsAreHeldOutWhole() {
    RawSplit split = split("grouped", 0.3, 7, 4);
    Map<Long, Long> groups = new HashMap<>();
    List<Long> test = ids(split.test());
    test.forEach(id -> groups.merge(id % 90, 1L, Long::sum));
    ids(split.train()).forEach(id -> assertThat(groups).doesNotContainKey(id % 90));
    // The group that makes it enough is the last.
    assertThat(test.size()).isBetween(1500, 1555);
  }
}
