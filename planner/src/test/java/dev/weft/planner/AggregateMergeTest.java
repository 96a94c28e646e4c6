package dev.weft.planner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Totals side by side are computed in one pass where they may be. */
class AggregateMergeTest {

  private final Scripts scripts = new Scripts();

  private String plan(String query) {
    return scripts.plan(query);
  }

  private static int scans(String plan) {
    return plan.split("Scan table trips", -1).length - 1;
  }

  @Test
  void ofOneTableTheyAre() {
    String plan =
        plan(
            """
            select a.n, b.n as m, b.most from
              (select count(*) as n from trips where delay = 8 and distance > 100) a,
              (select count(*) as n, max(delay) as most from trips where delay > 9 and distance > 100) b
            """);
    assertThat(plan)
        .isEqualTo(
            """
            Project n, n0 as m, most
              Project $f0 as n, $f1 as n0, $f2 as most
                Project t0 as $f0, t1 as $f1, t2 as $f2
                  Aggregate count() filter c0 as t0, count() filter c1 as t1, max(c2) filter c1 as t2
                    Project (delay = 8) is true as c0, (delay > 9) is true as c1, delay as c2
                      Filter (distance > 100) and ((delay = 8) or (delay > 9))
                        Scan table trips [distance, delay]""");
  }

  @Test
  void ofJoinsWhoseConditionsAreAboutOneSideTheyAre() {
    String plan =
        plan(
            """
            select * from
              (select count(*) as n from trips, airports where origin = iata and state = 'CA' and delay = 1) a,
              (select count(*) as n from trips, airports where origin = iata and state = 'NY' and delay = 1) b,
              (select count(*) as n from trips, airports where origin = iata and state = 'TX' and delay = 1) c
            """);
    assertThat(scans(plan)).isEqualTo(1);
  }

  @Test
  void conditionsAboutSeveralSidesWouldKeepAllRows() {
    String plan =
        plan(
            """
            select * from
              (select count(*) as n from trips, airports where origin = iata and state = 'CA') a,
              (select count(*) as n from trips, airports where origin = iata and delay = 1) b
            """);
    assertThat(scans(plan)).isEqualTo(2);
  }

  @Test
  void whatMayFailIsAskedNoMoreRows() {
    String plan =
        plan(
            """
            select * from
              (select count(*) as n from trips where delay = 1) a,
              (select count(*) as n from trips where 1 / distance > 0.5) b
            """);
    assertThat(scans(plan)).isEqualTo(2);
  }

  @Test
  void groupsAndDistinctStay() {
    assertThat(
            scans(
                plan(
                    """
                    select * from
                      (select count(distinct origin) as n from trips where delay = 1) a,
                      (select count(*) as n from trips where delay = 2) b,
                      (select origin, count(*) as n from trips group by origin) c
                    """)))
        .isEqualTo(3);
  }

  @Test
  void othersBesideThemKeepTheirPlaces() {
    String plan =
        plan(
            """
            select * from
              (select count(*) as n from trips where delay = 1) a,
              airports,
              (select sum(distance) as s from trips) b
            """);
    assertThat(plan)
        .isEqualTo(
            """
            Project $f0 as n, iata, state, latitude, $f1 as s
              Join inner on true
                Project t0 as $f0, t1 as $f1
                  Aggregate count() filter c0 as t0, sum(c1) as t1
                    Project (delay = 1) is true as c0, distance as c1
                      Scan table trips [distance, delay]
                Scan table airports [iata, state, latitude]""");
  }
}
