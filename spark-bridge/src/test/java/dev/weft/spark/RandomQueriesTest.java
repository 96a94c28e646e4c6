package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.spark.Outcome.Answered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random queries give the rows of plain Spark, and keep two laws of their own: a condition parts
 * rows into true, false and null (TLP), and filtering by it keeps as many rows as computing it says
 * (NoREC). {@code -Dweft.seed} repeats a run.
 */
@Tag("slow")
class RandomQueriesTest {

  private static final int PER_TABLES = 50;

  private final long seed = Long.getLong("weft.seed", System.nanoTime());
  private final int queries = Boolean.getBoolean("weft.full") ? 10_000 : 300;
  private final SparkSession session = quick();
  private final PlannedSpark planned = new PlannedSpark(session);
  private final List<String> wrong = new ArrayList<>();

  @Test
  void plannedQueriesGiveWhatSparkGives() {
    System.err.println("random queries: -Dweft.seed=" + seed);
    Random random = new Random(seed);
    PlainSpark plain = new PlainSpark(session);
    int handedOver = 0;
    for (int i = 0; i < queries; i++) {
      if (i % PER_TABLES == 0) {
        new RandomTables(random).create(session);
      }
      RandomQueries texts = new RandomQueries(random);
      if (i % 10 == 9) {
        laws(texts.parted());
      } else {
        same(texts.next(), plain);
        handedOver += planned.handedOver().isEmpty() ? 0 : 1;
      }
    }
    System.err.println("random queries: " + handedOver + " of " + queries + " handed over");
    assertThat(wrong).as("seed " + seed).isEmpty();
  }

  private void same(String query, PlainSpark plain) {
    Outcome expected = plain.answer(query);
    Outcome found = planned.answer(query);
    Verdicts verdict = Verdicts.of(query, expected, found);
    if (!(expected instanceof Answered)
        || verdict != Verdicts.SAME && verdict != Verdicts.COLUMNS) {
      wrong.add(verdict + " " + query + "\n  spark " + expected + "\n  weft " + found);
    }
  }

  private void laws(RandomQueries.Parted parted) {
    String condition = parted.condition();
    List<String> parts = new ArrayList<>(rows(parted.query() + " where " + condition));
    long kept = parts.size();
    parts.addAll(rows(parted.query() + " where not " + condition));
    parts.addAll(rows(parted.query() + " where " + condition + " is null"));
    List<String> all = rows(parted.query());
    if (!all.stream().sorted().toList().equals(parts.stream().sorted().toList())) {
      wrong.add("TLP " + parted);
    }
    String from = " from " + parted.from();
    String counted = "select count_if(" + condition + ") as n" + from;
    if (!rows(counted).equals(List.of(String.valueOf(kept)))) {
      wrong.add("NoREC " + parted);
    }
  }

  private List<String> rows(String query) {
    if (planned.answer(query) instanceof Answered answered) {
      return answered.rows();
    }
    wrong.add("fails: " + query + " " + planned.answer(query));
    return List.of();
  }

  private static SparkSession quick() {
    SparkSession session = TestSpark.session().newSession();
    Map.of(
            "spark.sql.shuffle.partitions", "1",
            "spark.sql.leafNodeDefaultParallelism", "1",
            "spark.sql.adaptive.enabled", "false",
            "spark.sql.codegen.wholeStage", "false",
            "spark.sql.codegen.factoryMode", "NO_CODEGEN")
        .forEach(session.conf()::set);
    return session;
  }
}
