package dev.weft.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.planner.spi.Column;
import org.junit.jupiter.api.Test;

/** What goes to Spark as it stands. */
class HandoverTest {

  private final Scripts scripts = new Scripts();

  @Test
  void whatCannotBePlannedIsHandedOverWithTheReason() {
    scripts.relations.accepts("explode", new Column("col", "string", true));
    assertThat(scripts.plan("select explode(tags) from events"))
        .isEqualTo(
            "Handed to Spark because of the generator explode: select explode(tags) from events");
  }

  @Test
  void aliasesReadInTheSameSelectAreSparks() {
    scripts.relations.accepts("y + 1", new Column("z", "int", true));
    assertThat(scripts.plan("select delay as y, y + 1 as z from trips")).startsWith("Handed");
  }

  @Test
  void predictInsideBecomesATable() {
    scripts.relations.accepts("explode", new Column("col", "string", true));
    scripts.check(
        "select * from trips as t; select explode(tags) from events, predict(model late, table t) p");
    assertThat(scripts.relations.analyzed)
        .containsExactly("select explode(tags) from events, __weft_predict_1 p");
  }

  @Test
  void theSettingHandsEverythingOver() {
    scripts.relations.accepts("select 1", new Column("1", "int", false));
    assertThat(scripts.plan("set weft.planner = 'spark'; select 1"))
        .isEqualTo("Handed to Spark because of weft.planner is 'spark': select 1");
  }

  @Test
  void sparksSentenceStandsAtTheCall() {
    scripts.relations.rejects = "sqrt"::equals;
    assertThat(scripts.errors("select 1 + ^sqrt(origin)^ from trips"))
        .containsExactly("TYPE_MISMATCH: cannot call sqrt");
  }
}
