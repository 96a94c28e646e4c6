package dev.weft.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.planner.plan.StatementPlan.QueryPlan;
import dev.weft.planner.spi.ColumnStatistics;
import dev.weft.planner.spi.TableStatistics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A star of one large table and small ones of which some leave few of its rows. */
class JoinOrderTest {

  private static final double KILO = 1024;
  private static final Pattern SCAN = Pattern.compile("Scan table (\\w+)");
  private static final String STAR =
      """
      select name, amount from sales
      join shops on s_shop = shop join goods on s_good = good join days on s_day = day
      where %s
      """;

  private final Scripts scripts = new Scripts();

  @BeforeEach
  void star() {
    table("sales", "s_shop int, s_good int, s_day int, amount int", 5_000_000, 90_000 * KILO);
    known("sales", Map.of("s_shop", 100.0, "s_good", 20_000.0, "s_day", 1_000.0));
    table("shops", "shop int, name string", 100, 4 * KILO);
    known("shops", Map.of("shop", 100.0, "name", 90.0));
    table("goods", "good int, kind string", 20_000, 400 * KILO);
    known("goods", Map.of("good", 20_000.0, "kind", 40.0));
    table("days", "day int, year int", 1_000, 20 * KILO);
    known("days", Map.of("day", 1_000.0, "year", 4.0));
  }

  private void table(String name, String columns, double rows, double bytes) {
    scripts.relations.table(name, columns);
    int width = columns.split(",", -1).length;
    scripts.relations.statistics.put(name, new TableStatistics(rows, bytes, width, Map.of()));
  }

  /** Columns that hold so many values, from 1 on. */
  private void known(String table, Map<String, Double> distinct) {
    Map<String, ColumnStatistics> columns = new HashMap<>();
    distinct.forEach(
        (name, count) ->
            columns.put(
                name,
                new ColumnStatistics(
                    OptionalDouble.of(count),
                    OptionalDouble.of(0),
                    OptionalDouble.of(1),
                    OptionalDouble.of(count),
                    false)));
    TableStatistics plain = Objects.requireNonNull(scripts.relations.statistics.get(table));
    scripts.relations.statistics.put(
        table, new TableStatistics(plain.rows(), plain.bytes(), plain.width(), columns));
  }

  private List<String> order(String query) {
    Matcher scan = SCAN.matcher(scripts.plan(query));
    List<String> order = new ArrayList<>();
    while (scan.find()) {
      order.add(scan.group(1));
    }
    return order;
  }

  @Test
  void whatLeavesFewestRowsComesFirst() {
    assertThat(order(STAR.formatted("kind = 'tea' and year = 3")))
        .containsExactly("sales", "goods", "days", "shops");
    assertThat(order(STAR.formatted("kind > 'tea' and day = 17")))
        .containsExactly("sales", "days", "goods", "shops");
  }

  @Test
  void theLargestTableIsLookedUpInTheOthers() {
    assertThat(
            order(
                """
                select amount from days, shops, sales, goods where s_shop = shop and s_day = day
                and s_good = good and kind = 'tea'
                """))
        .startsWith("sales", "goods");
  }

  @Test
  void columnsKeepTheirPlaces() {
    QueryPlan plan =
        (QueryPlan)
            scripts.last(
                "select * from sales join shops on s_shop = shop join days on s_day = day"
                    + " where day = 17");
    assertThat(plan.plan().getRowType().getFieldNames())
        .containsExactly("s_shop", "s_good", "s_day", "amount", "shop", "name", "day", "year");
  }

  @Test
  void anotherLargeTableMeetsItsOwnSmallOnesBefore() {
    table("returns", "r_good int, r_shop int, r_reason int", 4_000_000, 80_000 * KILO);
    known("returns", Map.of("r_good", 20_000.0, "r_shop", 100.0, "r_reason", 50.0));
    table("reasons", "reason int, why string", 50, KILO);
    known("reasons", Map.of("reason", 50.0, "why", 50.0));
    String plan =
        scripts.plan(
            """
            select amount from sales join returns on s_good = r_good and s_shop = r_shop
            join days on s_day = day join reasons on r_reason = reason
            where why = 'broken' and day = 17
            """);
    assertThat(plan.replaceAll("(?m)^ *", "").replaceAll("  -- .*", ""))
        .contains(
            """
            Join inner on r_reason = reason
            Scan table returns [r_good, r_shop, r_reason]
            Filter why = 'broken'
            """);
  }

  @Test
  void withoutStatisticsOfOneTableTheOrderStays() {
    scripts.relations.statistics.remove("goods");
    assertThat(order(STAR.formatted("kind = 'tea' and day = 17")))
        .containsExactly("sales", "shops", "goods", "days");
  }

  @Test
  void whereNothingIsGainedTheOrderStays() {
    assertThat(order(STAR.formatted("amount > 3")))
        .containsExactly("sales", "shops", "goods", "days");
  }

  @Test
  void smallTablesStayAsWritten() {
    table("sales", "s_shop int, s_good int, s_day int, amount int", 30_000, 600 * KILO);
    known("sales", Map.of("s_shop", 100.0, "s_good", 20_000.0, "s_day", 1_000.0));
    assertThat(order(STAR.formatted("day = 17")))
        .containsExactly("sales", "shops", "goods", "days");
  }

  @Test
  void nothingCrossesAnOuterJoin() {
    assertThat(
            order(
                """
                select amount from sales left join shops on s_shop = shop
                join goods on s_good = good join days on s_day = day where day = 17
                """))
        .containsExactly("sales", "shops", "days", "goods");
  }

  @Test
  void aJoinWithoutKeysIsNotMade() {
    assertThat(
            order(
                """
                select amount from sales, shops, goods, days
                where s_shop = shop and s_good = good and day = 17
                """))
        .containsExactly("sales", "shops", "goods", "days");
  }

  @Test
  void explainSaysSo() {
    assertThat(scripts.plan("explain " + STAR.formatted("day = 17")))
        .contains("Scan table sales [s_shop, s_good, s_day, amount]  -- about 5000000 rows")
        .contains("Filter day = 17  -- about 1 row\n")
        .endsWith("reordered joins: table sales, table days, table shops, table goods");
  }
}
