package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.grammar.ScriptParser;
import dev.weft.grammar.Source;
import dev.weft.planner.AlgorithmCatalog;
import dev.weft.planner.Checked;
import dev.weft.planner.PlanningContext;
import dev.weft.planner.ScriptPlanner;
import dev.weft.planner.plan.StatementPlan.QueryPlan;
import dev.weft.planner.rel.SparkText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Queries through the planner give the rows that Spark gives for their text. */
class PlannedQueriesTest {

  private static final AtomicInteger PLANNED = new AtomicInteger();

  private final ScriptPlanner planner =
      new ScriptPlanner(
          TestSpark.backend().catalog(), new NoModels(), new AlgorithmCatalog(List.of()));

  static Stream<String> queries() throws IOException {
    try (InputStream file = PlannedQueriesTest.class.getResourceAsStream("queries.sql")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(text.replaceFirst("--.*\n", "").strip().split("\n\n"));
    }
  }

  @BeforeAll
  static void makeTables() {
    define(
        "t",
        """
        select * from values
          (1, 1, 5, 'x', date'2001-01-15', timestamp'2001-01-15 10:30:00', 1.25),
          (2, 2, -3, 'y', date'2001-07-04', timestamp'2001-07-04 23:59:59', 10.50),
          (3, cast(null as int), 7, 'x', cast(null as date), cast(null as timestamp), null),
          (4, 1, 0, cast(null as string), date'1999-12-31', timestamp'1999-12-31 00:00:00', -2.75),
          (5, 3, 5, ' xyx ', date'2001-01-15', timestamp'2001-01-15 10:30:00', 0.01)
          as t(id, a, b, s, d, ts, m)""");
    define("u", "select * from values (1, 20), (2, 5), (2, 15), (9, 30) as u(id, w)");
    define(
        "c",
        "select 1 as id, array(1, 2, null) as arr, map('k', 1.5D) as mp,"
            + " named_struct('x', 1, 'y', 'z') as st");
  }

  private static void define(String name, String query) {
    String text = "create or replace temporary view " + name + " as " + query;
    TestSpark.backend().sql(text, Map.of(), TestSpark.run()).close();
  }

  @ParameterizedTest
  @MethodSource("queries")
  void rowsAreThoseOfSpark(String query) {
    RelNode plan = plan(query);
    List<String> ours = sorted(TestSpark.collect(plan));
    List<String> sparks =
        sorted(TestSpark.collect(TestSpark.backend().sql(query, Map.of(), TestSpark.run())));
    assertThat(ours).isEqualTo(sparks);
    if (plan instanceof SparkText text) {
      System.err.println("handed over (" + text.reason() + "): " + query);
    } else {
      PLANNED.incrementAndGet();
    }
  }

  @AfterAll
  static void mostArePlanned() throws IOException {
    long all = queries().count();
    System.err.println(PLANNED.get() + " of " + all + " queries were planned");
    assertThat(PLANNED.get()).isGreaterThan((int) (all * 0.8));
  }

  private RelNode plan(String query) {
    Source source = new Source("q.weft", query + ";");
    Checked checked =
        planner.plan(
            ScriptParser.parse(source).orThrow().statements(),
            Map.of(),
            new PlanningContext(
                Path.of("/"), Map.of(), Optional.empty(), OptionalLong.empty(), false));
    assertThat(checked.errors()).isEmpty();
    return ((QueryPlan) checked.plans().get(0)).plan();
  }

  private static List<String> sorted(List<? extends List<?>> rows) {
    return rows.stream().map(String::valueOf).sorted().toList();
  }
}
