package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.engine.spi.RelationalBackend;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one session makes or sets is not there for another. */
class SessionsTest {

  private final RelationalBackend mine = TestSpark.spark().newSession();
  private final RelationalBackend other = TestSpark.spark().newSession();

  @AfterEach
  void close() {
    mine.close();
    other.close();
  }

  private static List<List<@Nullable Object>> sql(RelationalBackend session, String text) {
    return TestSpark.collect(session.sql(text, Map.of(), TestSpark.run()));
  }

  @Test
  void temporaryViewsAreTheSessionsOwn() {
    sql(mine, "create temporary view private as select 5 as five");
    assertThat(sql(mine, "select five from private")).containsExactly(List.of(5));
    assertThat(mine.catalog().tableNames()).contains("private");
    assertThat(other.catalog().tableNames()).doesNotContain("private");
    assertThat(other.catalog().tableColumns("private")).isEmpty();
    assertThatThrownBy(() -> sql(other, "select five from private"))
        .hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND");
    sql(other, "create temporary view private as select 'x' as x");
    assertThat(sql(mine, "select * from private")).containsExactly(List.of(5));
  }

  @Test
  void settingsAreTheSessionsOwn() {
    sql(mine, "set spark.sql.session.timeZone = Asia/Tokyo");
    assertThat(sql(mine, "select current_timezone() as z")).containsExactly(List.of("Asia/Tokyo"));
    assertThat(sql(other, "select current_timezone() as z").toString()).doesNotContain("Tokyo");
  }

  @Test
  void theCurrentDatabaseIsTheSessionsOwn() {
    sql(mine, "create database shelf");
    sql(mine, "use shelf");
    assertThat(sql(mine, "select current_database() as d")).containsExactly(List.of("shelf"));
    assertThat(sql(other, "select current_database() as d")).containsExactly(List.of("default"));
    sql(other, "drop database shelf");
  }

  @Test
  void temporaryFunctionsAreTheSessionsOwn() {
    sql(mine, "create temporary function twice(x int) returns int return x * 2");
    assertThat(sql(mine, "select twice(4) as y")).containsExactly(List.of(8));
    assertThat(mine.catalog().functionExists("twice")).isTrue();
    assertThat(other.catalog().functionExists("twice")).isFalse();
  }

  @Test
  void closingFreesWhatWasCached() {
    sql(mine, "create temporary view big as select id from range(10)");
    sql(mine, "cache table big");
    assertThat(sql(mine, "explain select * from big").toString()).contains("InMemoryRelation");
    mine.close();
    assertThat(sql(other, "explain select id from range(10)").toString())
        .doesNotContain("InMemoryRelation");
  }
}
