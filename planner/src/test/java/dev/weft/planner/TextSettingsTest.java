package dev.weft.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.planner.spi.Column;
import org.junit.jupiter.api.Test;

/**
 * A setting that changes what texts mean hands over the queries that it is about, and no others.
 */
class TextSettingsTest {

  private final Scripts scripts = new Scripts();

  private void isAbout(String setting, String value, String about, String not) {
    scripts.relations.settings.put("spark.sql." + setting, value);
    scripts.relations.accepts(about, new Column("c", "string", true));
    assertThat(scripts.plan(about)).contains("the setting spark.sql." + setting);
    assertThat(scripts.plan(not)).doesNotContain("the setting");
  }

  @Test
  void groupByAliases() {
    isAbout(
        "groupByAliases",
        "false",
        "select delay + 1 as d from trips group by d",
        "select delay as d from trips group by delay");
  }

  @Test
  void itemsThatHideOthers() {
    isAbout(
        "legacy.ctePrecedencePolicy",
        "LEGACY",
        "with q as (select 1 as a) select * from (with q as (select 2 as a) select * from q)",
        "with q as (select 1 as a), r as (select * from q) select * from r");
  }

  @Test
  void setOperations() {
    isAbout(
        "legacy.setopsPrecedence.enabled",
        "true",
        "select 1 union select 2 intersect select 2",
        "select 1 union select 2 union select 3");
  }

  @Test
  void ordinals() {
    isAbout(
        "groupByOrdinal",
        "false",
        "select delay from trips group by 1",
        "select delay, 1 from trips group by delay");
  }

  @Test
  void quotes() {
    isAbout(
        "ansi.doubleQuotedIdentifiers",
        "true",
        "select \"delay\" from trips",
        "select 'delay' from trips");
  }
}
