package dev.weft.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.planner.plan.StatementPlan.QueryPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A star of one large table and small ones of which some leave few of its rows. */
class JoinOrderTest {

  private static final double KILO = KnownTables.KILO;
  private static final Pattern SCAN = Pattern.compile("Scan table (\\w+)");
  private static final String STAR =
      """
      select name, amount from sales
      join shops on s_shop = shop join goods on s_good = good join days on s_day = day
      where %s
      """;

  private final Scripts scripts = new Scripts();
  private final KnownTables tables = new KnownTables(scripts.relations);

  @BeforeEach
  void star() {
    tables.table(
        "sales", "s_shop int, s_good int, s_day int, amount int", 5_000_000, 90_000 * KILO);
    tables.known("sales", Map.of("s_shop", 100.0, "s_good", 20_000.0, "s_day", 1_000.0));
    tables.table("shops", "shop int, name string", 100, 4 * KILO);
    tables.known("shops", Map.of("shop", 100.0, "name", 90.0));
    tables.table("goods", "good int, kind string", 20_000, 400 * KILO);
    tables.known("goods", Map.of("good", 20_000.0, "kind", 40.0));
    tables.table("days", "day int, year int", 1_000, 20 * KILO);
    tables.known("days", Map.of("day", 1_000.0, "year", 4.0));
  }

  /** Another large table, and a small one beside it. */
  private void returns() {
    tables.table("returns", "r_good int, r_shop int, r_reason int", 4_000_000, 80_000 * KILO);
    tables.known("returns", Map.of("r_good", 20_000.0, "r_shop", 100.0, "r_reason", 50.0));
    tables.table("reasons", "reason int, why string", 50, KILO);
    tables.known("reasons", Map.of("reason", 50.0, "why", 50.0));
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
    returns();
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
  void whatTwoYearsMoveAlikeComesBeforeTheYear() {
    returns();
    String year =
        """
        select good, sum(amount) as amount from sales, reasons, goods, returns, days
        where s_good = good and kind = 'tea' and s_good = r_good and s_shop = r_shop
        and r_reason = reason and s_day = day and year = %d group by good
        """;
    assertThat(order(year.formatted(3))).startsWith("sales", "goods", "days");
    String both = "select * from (%s) x join (%s) y on x.good = y.good";
    assertThat(order(both.formatted(year.formatted(3), year.formatted(2))))
        .containsExactly(
            "sales", "goods", "returns", "reasons", "days", "sales", "goods", "returns", "reasons",
            "days");
    assertThat(order(both.formatted(year.formatted(3), year.formatted(3))))
        .as("equal queries are computed once as a whole")
        .startsWith("sales", "goods", "days");
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
    tables.table("sales", "s_shop int, s_good int, s_day int, amount int", 30_000, 600 * KILO);
    tables.known("sales", Map.of("s_shop", 100.0, "s_good", 20_000.0, "s_day", 1_000.0));
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
