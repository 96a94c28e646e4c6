package dev.weft.planner;

import static dev.weft.planner.KnownTables.KILO;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two large tables, of one of which few rows are left, and a small one. */
class SentSidesTest {

  private static final String SENT = "sends what is left of table orders to every task";

  private final Scripts scripts = new Scripts();
  private final KnownTables tables = new KnownTables(scripts.relations);

  @BeforeEach
  void orders() {
    tables.table("items", "i_order int, amount int", 6_000_000, 90_000 * KILO);
    tables.known("items", Map.of("i_order", 1_500_000.0));
    tables.table("orders", "o_order int, day int, text string", 1_500_000, 60_000 * KILO);
    tables.known("orders", Map.of("o_order", 1_500_000.0, "day", 1_000.0));
    tables.table("days", "d_day int", 1_000, KILO);
    tables.known("days", Map.of("d_day", 1_000.0));
  }

  private String plan(String query) {
    return scripts.plan("explain " + query);
  }

  @Test
  void whatFewRowsAreLeftOfIsSent() {
    assertThat(plan("select amount from items join orders on i_order = o_order where day = 3"))
        .endsWith(SENT);
    assertThat(plan("select amount from orders, items where i_order = o_order and day = 3"))
        .endsWith(SENT);
  }

  @Test
  void whatIsLeftLargeIsMoved() {
    assertThat(plan("select amount from items join orders on i_order = o_order where day > 3"))
        .doesNotContain("to every task");
  }

  @Test
  void theSideThatKeepsAllItsRowsIsNotSent() {
    assertThat(
            plan(
                "select amount from (select * from orders where day = 3) left join items"
                    + " on i_order = o_order"))
        .doesNotContain("to every task");
  }

  @Test
  void whatSparkSendsByItselfIsLeftToIt() {
    assertThat(plan("select day from orders join days on day = d_day where d_day = 3"))
        .doesNotContain("to every task");
  }

  @Test
  void aJoinWithoutKeysIsLeftToSpark() {
    assertThat(plan("select amount from items join orders on i_order < o_order where day = 3"))
        .doesNotContain("to every task");
  }

  @Test
  void anEstimateThatCouldBeFarTooLowIsNotTrusted() {
    tables.table("orders", "o_order int, day int, text string", 150_000_000, 6_000_000 * KILO);
    tables.known("orders", Map.of("o_order", 150_000_000.0, "day", 1_000_000.0));
    assertThat(plan("select amount from items join orders on i_order = o_order where day = 3"))
        .doesNotContain("to every task");
  }

  @Test
  void whatNobodyKnowsStays() {
    scripts.relations.statistics.remove("items");
    assertThat(plan("select amount from items join orders on i_order = o_order where day = 3"))
        .doesNotContain("to every task");
  }

  @Test
  void aSessionThatSendsNothingIsObeyed() {
    scripts.relations.sentBytes = 0;
    assertThat(plan("select amount from items join orders on i_order = o_order where day = 3"))
        .doesNotContain("to every task");
  }

  @Test
  void whatSeveralPlacesMoveAlikeIsNotMadeForEach() {
    tables.table("returns", "r_order int, r_item int", 60_000, KILO);
    tables.known("returns", Map.of("r_order", 60_000.0));
    String left =
        "select amount + %d as a from items join returns on i_order = r_order"
            + " join orders on i_order = o_order where day = %d";
    String both = "select * from (" + left + ") union all select * from (" + left + ")";
    assertThat(plan(both.formatted(1, 200, 2, 300))).endsWith(SENT);
    assertThat(plan(both.formatted(1, 200, 2, 200))).doesNotContain("to every task");
    String sum = "select sum(a) from (" + left + ")";
    assertThat(plan((sum + " union all " + sum).formatted(1, 200, 1, 200)))
        .as("equal sums are computed once as a whole")
        .endsWith(SENT);
    assertThat(
            plan(
                "select amount + 1 from items join orders on i_order = o_order where day = 3"
                    + " union all"
                    + " select amount + 2 from items join orders on i_order = o_order where day = 3"))
        .as("reading items again costs less than moving all of it")
        .endsWith(SENT);
  }

  @Test
  void joinsThatSparkHasToOrderAreLeftToIt() {
    scripts.relations.table("unknown", "u int");
    assertThat(
            plan(
                "select amount from items, unknown, orders, days"
                    + " where i_order = o_order and day = d_day and day = 3 and u = amount"))
        .doesNotContain("to every task");
    assertThat(
            plan(
                "select amount from items, days, orders"
                    + " where i_order = o_order and day = d_day and day = 3"))
        .doesNotContain("Join inner on true")
        .endsWith(SENT);
  }

  @Test
  void onlyTheColumnsThatAreUsedAboveCount() {
    String rest = " from items join orders on i_order = o_order where day < 150";
    assertThat(plan("select amount" + rest)).endsWith(SENT);
    assertThat(plan("select amount, text, text || 'a' as x, day" + rest))
        .doesNotContain("to every task");
  }
}
