package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.spark.Outcome.Answered;
import dev.weft.spark.Outcome.Refused;
import dev.weft.spark.RandomLaws.Law;
import dev.weft.spark.random.RandomQueries;
import dev.weft.spark.random.RandomQueries.Parted;
import dev.weft.spark.random.RandomTables;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random queries give the rows of plain Spark, fail where it fails and with its error, and keep the
 * laws of {@link RandomLaws}. {@code -Dweft.seed} repeats a run.
 */
@Tag("slow")
class RandomQueriesTest {

  private static final int PER_TABLES = 50;
  private static final int PER_LINE = 1000;
  private static final List<Law> LAWS = List.of(Law.values());
  private static final Pattern CONDITION = Pattern.compile("\\[([A-Z_]+)");

  private final long seed = Long.getLong("weft.seed", System.nanoTime());
  private final int queries = Boolean.getBoolean("weft.full") ? 10_000 : 300;
  private final SparkSession session = quick();
  private final PlannedSpark planned = new PlannedSpark(session);
  private final PlainSpark plain = new PlainSpark(session);
  private final List<String> wrong = new ArrayList<>();

  @Test
  void plannedQueriesGiveWhatSparkGives() {
    System.err.println("random queries: -Dweft.seed=" + seed);
    Random random = new Random(seed);
    RandomQueries texts = new RandomQueries(random);
    RandomLaws laws = new RandomLaws(planned);
    int handedOver = 0;
    for (int i = 0; i < queries; i++) {
      if (i % PER_TABLES == 0) {
        tables(random);
      }
      switch (i % 10) {
        case 9 -> law(laws, LAWS.get(i / 10 % LAWS.size()), texts.parted());
        case 8 -> same(texts.failing(), true);
        default -> same(texts.next(), false);
      }
      handedOver += planned.handedOver().isEmpty() ? 0 : 1;
      if ((i + 1) % PER_LINE == 0) {
        // A run of all of them takes long enough to be looked at, and to be cut.
        System.err.println("random queries: " + (i + 1) + " run, wrong " + wrong);
      }
    }
    System.err.println("random queries: " + handedOver + " of " + queries + " handed over");
    assertThat(wrong).as("seed " + seed).isEmpty();
  }

  /** Laws that hold of everything would show nothing. */
  @Test
  void everyLawIsBrokenByAnEngineThatForgetsWhatIsFalse() {
    Random random = new Random(1);
    tables(random);
    RandomQueries texts = new RandomQueries(random);
    Way forgetful =
        query ->
            planned.answer(
                query
                    .replace(" where not ", " where false and ")
                    .replace(" having not ", " having false and ")
                    .replace("count_if", "count"));
    RandomLaws laws = new RandomLaws(forgetful);
    Set<Law> broken = EnumSet.noneOf(Law.class);
    for (int i = 0; i < 50 && broken.size() < LAWS.size(); i++) {
      Parted parted = texts.parted();
      for (Law law : LAWS) {
        if (!broken.contains(law) && !laws.holds(law, parted)) {
          broken.add(law);
        }
      }
    }
    assertThat(broken).containsExactlyElementsOf(LAWS);
  }

  private void law(RandomLaws laws, Law law, Parted parted) {
    if (!laws.holds(law, parted)) {
      wrong.add(law + " " + parted);
    }
  }

  private void tables(Random random) {
    new RandomTables(random).statements().forEach(session::sql);
  }

  private void same(String query, boolean mayFail) {
    Outcome expected = plain.answer(query);
    Outcome found = planned.answer(query);
    Verdicts verdict = Verdicts.of(query, expected, found);
    boolean same =
        expected instanceof Answered
            ? verdict == Verdicts.SAME || verdict == Verdicts.COLUMNS
            : mayFail && condition(expected).equals(condition(found));
    if (!same) {
      wrong.add(verdict + " " + query + "\n  spark " + expected + "\n  weft " + found);
    }
  }

  /** Spark's name for what went wrong while a query ran. */
  private static String condition(Outcome outcome) {
    if (!(outcome instanceof Refused refused) || refused.kind() != Outcome.Kind.RUN) {
      return outcome.toString();
    }
    Matcher name = CONDITION.matcher(refused.sentence());
    return name.find() ? name.group(1) : refused.sentence();
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
