package dev.weft.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.Test;

/**
 * No test but a measurement, so no build runs it: TPC-H and TPC-DS planned by Weft beside plain
 * Spark, in one session and over the same views of Parquet files. benchmarks/tpc_speed.sh starts
 * it.
 */
class TpcSpeed {

  private static final List<String> SUITES = List.of("tpch", "tpcds");

  private final double scale = Double.parseDouble(setting("scale", "1"));
  private final int pairs = Integer.parseInt(setting("pairs", "5"));
  private final long limitMillis = 1000 * Long.parseLong(setting("limit", "120"));
  private final long endNanos =
      System.nanoTime() + (long) (60e9 * Double.parseDouble(setting("minutes", "600")));
  private final Set<String> only =
      Stream.of(setting("only", "").split(","))
          .filter(s -> !s.isEmpty())
          .collect(Collectors.toSet());

  private static String setting(String name, String otherwise) {
    String given = System.getProperty("tpc." + name, "");
    return given.isEmpty() ? otherwise : given;
  }

  @Test
  void measure() throws IOException {
    Map<String, TpcRun> runs = new HashMap<>();
    for (String suite : SUITES) {
      runs.put(suite, new TpcRun(withViews(suite), limitMillis));
    }
    if (setting("make", "").equals("true")) {
      return;
    }
    TpcResults results =
        TpcResults.open(Path.of(setting("results", "target/tpc_speed.json")), scale);
    Map<String, String> texts = texts(results);
    for (int round = 0; round <= pairs && isTime(); round++) {
      int number = 0;
      for (Map.Entry<String, String> text : texts.entrySet()) {
        number++;
        if (isTime() && results.pairs(text.getKey()) < pairs) {
          boolean weftFirst = round % 2 == 0;
          TpcRun run = Objects.requireNonNull(runs.get(suite(text.getKey())));
          TpcRun.Pair pair = run.pair(text.getValue(), weftFirst);
          if (round > 0) {
            results.add(text.getKey(), pair);
          }
          say(round, number, texts.size(), text.getKey(), pair);
        }
      }
      results.write();
    }
    System.err.println(results.summary());
  }

  private boolean isTime() {
    return System.nanoTime() < endNanos;
  }

  private static void say(int round, int number, int of, String query, TpcRun.Pair pair) {
    System.err.printf(
        Locale.ROOT,
        "%s %d/%d %s: spark %.0f ms, weft %.0f ms (planning %.0f), ratio %.2f%s%n",
        round == 0 ? "warm-up" : "round " + round,
        number,
        of,
        query,
        pair.spark().millis(),
        pair.weft().millis(),
        pair.weft().planningMillis(),
        pair.weft().millis() / pair.spark().millis(),
        pair.problem().isEmpty() ? "" : ": " + pair.problem());
  }

  /** A session of its own for each suite: both have a table called customer. */
  private SparkSession withViews(String suite) throws IOException {
    SparkSession session = TestSpark.session().newSession();
    String root = Objects.requireNonNullElse(System.getenv("WEFT_TPC_DATA"), "target/tpc");
    System.err.println("data of " + suite + ", scale " + scale + ", in " + root);
    TpcData data = new TpcData(session, Path.of(root, suite + "-" + scale), scale);
    if (suite.equals("tpch")) {
      data.tpch();
    } else {
      data.tpcds();
    }
    return session;
  }

  private static String suite(String query) {
    return query.substring(0, query.indexOf('/'));
  }

  private Map<String, String> texts(TpcResults results) throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    for (String suite : SUITES) {
      List<Map.Entry<String, String>> texts = new ArrayList<>(TpcQueries.of(suite).entrySet());
      texts.sort(Comparator.comparing(text -> TpcResults.number(text.getKey())));
      for (Map.Entry<String, String> text : texts) {
        String name = suite + "/" + text.getKey();
        boolean wanted = only.isEmpty() || only.contains(name) || only.contains(suite);
        if (wanted && results.pairs(name) < pairs) {
          all.put(name, text.getValue());
        }
      }
    }
    return all;
  }
}
