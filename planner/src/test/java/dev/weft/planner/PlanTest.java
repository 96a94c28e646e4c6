package dev.weft.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.planner.plan.StatementPlan.QueryPlan;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The plans of queries, as EXPLAIN shows them. */
class PlanTest {

  private final Scripts scripts = new Scripts();

  @Test
  void onlyUsedColumnsAreRead() {
    assertThat(scripts.plan("select upper(origin) as o from trips where delay > 15"))
        .isEqualTo(
            """
            Project upper(origin) as o
              Filter delay > 15
                Scan table trips [origin, delay]""");
  }

  @Test
  void filtersGoToTheSideOfAJoinTheyAreAbout() {
    assertThat(
            scripts.plan(
                """
                select t.origin, a.state from trips t join airports a on t.origin = a.iata
                where a.state in ('CA', 'NY') and t.delay > 15 and t.distance > a.latitude
                """))
        .isEqualTo(
            """
            Project origin, state
              Join inner on (origin = iata) and (distance > latitude)
                Filter delay > 15
                  Scan table trips [origin, distance, delay]
                Filter in(state, 'CA', 'NY')
                  Scan table airports [iata, state, latitude]""");
  }

  @Test
  void aFilterStaysAboveAnOuterJoin() {
    assertThat(
            scripts.plan(
                "select origin from trips left join airports on origin = iata where state = 'CA'"))
        .contains("Filter state = 'CA'\n    Join left");
  }

  @Test
  void filtersAndColumnsCrossStatements() {
    assertThat(
            scripts.plan(
                """
                select origin, distance * 2 as twice, day from trips as doubled;
                select twice from doubled where origin = 'SFO'
                """))
        .isEqualTo(
            """
            Project distance * 2 as twice
              Filter origin = 'SFO'
                Scan table trips [origin, distance]""");
  }

  @Test
  void whatChangesFromCallToCallIsNotCopied() {
    assertThat(
            scripts.plan("select x, x + 1 as y from (select rand() as x from trips) q where x > 0"))
        .isEqualTo(
            """
            Project x, x + 1 as y
              Filter x > 0
                Project rand() as x
                  Scan table trips [origin]""");
  }

  @Test
  void nullsAreLowest() {
    assertThat(scripts.plan("select delay, day from trips order by delay, day desc nulls first"))
        .startsWith("Sort by delay, day desc nulls first");
  }

  @Test
  void groupsSortAndLimit() {
    assertThat(
            scripts.plan(
                "select origin, count(*), sum(delay) s from trips group by all order by 2 desc limit 5"))
        .isEqualTo(
            """
            Sort by count(1) desc first 5
              Aggregate count() as count(1), sum(delay) as s by origin
                Scan table trips [origin, delay]""");
  }

  @Test
  void namesWithoutRegardToCase() {
    assertThat(scripts.plan("select TRIPS.Origin from Trips")).contains("[origin]");
  }

  @Test
  void aSemiJoinIsAnExists() {
    assertThat(scripts.plan("select origin from trips left anti join airports on origin = iata"))
        .contains("Filter not(exists {");
  }

  @Test
  void structsMapsAndArrays() {
    assertThat(scripts.plan("select tags[0], props['x'], who.name from events"))
        .startsWith("Project [](tags, 0) as tags[0], [](props, 'x') as props[x], [](who, 'name')");
  }

  @Test
  void columnsHaveSparksNames() {
    QueryPlan plan =
        (QueryPlan)
            scripts.last(
                "select 1, 'a', delay + 1, count(*) over (), cast(delay as string) from trips");
    assertThat(plan.plan().getRowType().getFieldNames())
        .containsExactly("1", "a", "(delay + 1)", "count(*) over ()", "CAST(delay AS STRING)");
  }

  @Test
  void knownParametersAreLiterals() {
    scripts.parameters = Optional.of(List.of("SFO", 3L));
    assertThat(scripts.plan("select day from trips where origin = ? and delay > ?"))
        .contains("Filter (origin = 'SFO') and (delay > 3)");
  }

  @Test
  void unknownParametersHaveTheTypeOfWhatTheyMeet() {
    assertThat(scripts.check("select ? from trips where delay > ? and day = ?").parameterTypes())
        .containsExactly("string", "int", "date");
  }

  @Test
  void constantsOfAggregatesStayConstant() {
    assertThat(scripts.plan("select percentile_approx(delay, 0.5) from trips"))
        .contains("percentile_approx(delay, 0.5)");
  }
}
