package dev.weft.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.planner.spi.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes to Spark as it stands. */
class HandoverTest {

  private final Scripts scripts = new Scripts();

  @Test
  void whatCannotBePlannedIsHandedOverWithTheReason() {
    String query = "select max(id), explode(tags) from events";
    scripts.relations.accepts("explode", new Column("col", "string", true));
    assertThat(scripts.plan(query))
        .isEqualTo("Handed to Spark because of a generator beside aggregates or windows: " + query);
  }

  @Test
  void aGeneratorIsPlanned() {
    assertThat(scripts.plan("select id, explode(tags) as tag from events"))
        .isEqualTo(
            """
            Project id, col as tag
              Lateral inner
                Scan table events [id, tags, props, who]
                Generate explode(outer.tags) [col]""");
  }

  @Test
  void anItemReadsAnEarlierOne() {
    assertThat(scripts.plan("select delay as y, y + 1 as z from trips"))
        .isEqualTo("Project delay as y, delay + 1 as z\n  Scan table trips [delay]");
  }

  /** A part that is left unread would change the rows without a word. */
  @Test
  void noPartOfAQueryIsLeftUnread() {
    for (String query :
        List.of(
            "select origin from trips natural left semi join trips other",
            "select origin from trips having true",
            "select struct(*) from trips")) {
      scripts.relations.accepts(query, new Column("c", "string", true));
      assertThat(scripts.plan(query)).startsWith("Handed to Spark because of ").endsWith(query);
    }
  }

  @Test
  void predictInsideBecomesATable() {
    scripts.relations.accepts("explode", new Column("col", "string", true));
    scripts.check(
        "select * from trips as t; select max(id), explode(tags) from events, predict(model late, table t) p");
    assertThat(scripts.relations.analyzed)
        .containsExactly("select max(id), explode(tags) from events, __weft_predict_1 p");
  }

  @Test
  void theSettingHandsEverythingOver() {
    scripts.relations.accepts("select 1", new Column("1", "int", false));
    assertThat(scripts.plan("set weft.planner = 'spark'; select 1"))
        .isEqualTo("Handed to Spark because of weft.planner is 'spark': select 1");
  }

  @Test
  void sparksSentenceStandsAtTheCall() {
    scripts.relations.rejects = text -> text.contains("sqrt");
    assertThat(scripts.errors("select 1 + ^sqrt(origin)^ from trips"))
        .containsExactly("TYPE_MISMATCH: cannot call sqrt");
  }
}
