package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes in one project, and one after the other. */
@Tag("slow")
@Timeout(300)
class CatalogProcessesTest {

  /** Times that a process is killed, each at another point. */
  private static final int ROUNDS = Boolean.getBoolean("weft.full") ? 3 : 1;

  @TempDir Path project;

  @Test
  void eachSeesAtItsNextStatementWhatTheOtherDid() throws IOException {
    try (CatalogProcess one = new CatalogProcess(project);
        CatalogProcess other = new CatalogProcess(project)) {
      one.run("create table t (a int)");
      one.run("insert into t values (1)");
      assertThat(other.run("select * from t")).isEqualTo("[[1]]");
      other.run("insert into t values (2)");
      assertThat(one.run("select sum(a) as s from t")).isEqualTo("[[3]]");
      one.run("insert overwrite t values (7)");
      assertThat(other.run("select * from t")).isEqualTo("[[7]]");
      other.run("alter table t add columns (b string)");
      assertThat(one.run("select * from t")).isEqualTo("[[7, null]]");
      one.run("create function twice(x int) returns int return x * 2");
      assertThat(other.run("select twice(4) as y")).isEqualTo("[[8]]");
      one.run("create or replace function twice(x int) returns int return x + x + 1");
      assertThat(other.run("select twice(4) as y")).isEqualTo("[[9]]");
      one.run("drop function twice");
      assertThat(other.run("select twice(4) as y")).contains("UNRESOLVED_ROUTINE");
      one.run("create view v as select a + 1 as c from t");
      assertThat(other.run("select * from v")).isEqualTo("[[8]]");
      one.run("create or replace view v as select 'x' as c");
      assertThat(other.run("select * from v")).isEqualTo("[[x]]");
      one.run("create temporary view mine as select 1 as a");
      assertThat(other.run("show tables")).isEqualTo("[[default, t, false], [default, v, false]]");
      one.run("drop table t");
      assertThat(other.run("select * from t")).contains("TABLE_OR_VIEW_NOT_FOUND");
    }
  }

  @Test
  void nothingIsLostWhenBothWriteAtOnce() throws IOException {
    try (CatalogProcess one = new CatalogProcess(project);
        CatalogProcess other = new CatalogProcess(project)) {
      one.run("create table both (a int) using parquet");
      one.run("create table parts (a int, k int) using parquet partitioned by (k)");
      assertThat(other.run("select * from both")).isEqualTo("[]");
      for (CatalogProcess process : List.of(one, other)) {
        int who = process == one ? 1 : 2;
        for (int i = 0; i < 6; i++) {
          process.send("create table t_" + who + "_" + i + " (a int)");
          process.send("insert into both (a) values (" + (who * 100 + i) + ")");
          process.send("insert into parts values (1, " + (who * 100 + i) + ")");
          process.send("alter table both set tblproperties ('p" + who + i + "' = 'x')");
          process.send("alter table both add columns (c" + who + i + " int)");
        }
      }
      for (CatalogProcess process : List.of(one, other)) {
        for (int i = 0; i < 30; i++) {
          assertThat(process.answer()).isEqualTo("[]");
        }
      }
      for (CatalogProcess process : List.of(one, other)) {
        assertThat(process.run("select count(*) as n, sum(a) as s from both"))
            .isEqualTo("[[12, " + IntStream.range(0, 6).map(i -> 300 + 2 * i).sum() + "]]");
        assertThat(process.run("show partitions parts").split("k=", -1)).hasSize(13);
        assertThat(process.run("show tables").split("t_", -1)).hasSize(13);
        assertThat(process.run("describe both").split("\\[c", -1)).hasSize(13);
        assertThat(process.run("show tblproperties both").split("\\[p[12]", -1)).hasSize(13);
      }
    }
  }

  @Test
  void aKilledProcessLeavesNothingHalfDoneAndNoLock() throws Exception {
    try (CatalogProcess other = new CatalogProcess(project)) {
      other.run("create table t (a int)");
      for (int round = 0; round < ROUNDS; round++) {
        CatalogProcess killed = new CatalogProcess(project);
        killed.run("create table first_" + round + " (a int)");
        for (int i = 0; i < 50; i++) {
          killed.send("create table r_" + round + "_" + i + " (a int)");
          killed.send("insert into t values (1)");
        }
        for (int i = 0; i < 3 + 2 * round; i++) {
          assertThat(killed.answer()).isEqualTo("[]");
        }
        killed.kill();
        assertThat(other.run("create table after_" + round + " (a int)")).isEqualTo("[]");
        assertThat(other.run("insert into t values (1)")).isEqualTo("[]");
        assertThat(other.run("select min(a) as a from t")).isEqualTo("[[1]]");
        assertThat(other.run("show tables")).contains("first_" + round, "after_" + round);
      }
    }
    try (var files = Files.walk(project.resolve(".weft/catalog"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
        assertThat(Files.readString(file)).startsWith("{").endsWith("}");
      }
    }
  }
}
