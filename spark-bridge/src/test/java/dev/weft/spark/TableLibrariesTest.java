package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tables that keep versions, where the libraries of the README are in Maven's own folder. */
@Tag("slow")
@Timeout(300)
class TableLibrariesTest {

  private static final Path MAVEN = Path.of(System.getProperty("user.home"), ".m2", "repository");

  @TempDir Path project;

  @Test
  void deltaTablesKeepVersionsForTheNextRun() throws IOException {
    String jars =
        jar("io/delta/delta-spark_4.1_2.13/4.1.0/delta-spark_4.1_2.13-4.1.0.jar")
            + File.pathSeparator
            + jar("io/delta/delta-storage/4.1.0/delta-storage-4.1.0.jar");
    try (CatalogProcess one = new CatalogProcess(project, jars)) {
      change(one, "d", "delta");
      assertThat(one.run("select * from d version as of 1 order by id"))
          .isEqualTo("[[1, a], [2, b]]");
    }
    try (CatalogProcess next = new CatalogProcess(project, jars)) {
      assertThat(next.run("select * from d order by id")).isEqualTo("[[1, m], [3, n]]");
    }
  }

  @Test
  void icebergTablesKeepVersionsForTheNextRun() throws IOException {
    String jars =
        jar(
            "org/apache/iceberg/iceberg-spark-runtime-4.1_2.13/1.11.0/"
                + "iceberg-spark-runtime-4.1_2.13-1.11.0.jar");
    try (CatalogProcess one = new CatalogProcess(project, jars)) {
      assertThat(one.run("create namespace iceberg.db")).isEqualTo("[]");
      change(one, "iceberg.db.t", "iceberg");
    }
    try (CatalogProcess next = new CatalogProcess(project, jars)) {
      assertThat(next.run("select * from iceberg.db.t order by id")).isEqualTo("[[1, m], [3, n]]");
      String first =
          next.run("select snapshot_id from iceberg.db.t.snapshots order by committed_at limit 1")
              .replaceAll("\\D", "");
      assertThat(next.run("select * from iceberg.db.t version as of " + first + " order by id"))
          .isEqualTo("[[1, a], [2, b]]");
    }
  }

  private static void change(CatalogProcess process, String table, String format)
      throws IOException {
    for (String statement :
        List.of(
            "create table " + table + " (id int, v string) using " + format,
            "insert into " + table + " values (1, 'a'), (2, 'b')",
            "update " + table + " set v = 'x' where id = 1",
            "delete from " + table + " where id = 2",
            "merge into "
                + table
                + " t using (select 1 as id, 'm' as v union all select 3, 'n') s on t.id = s.id"
                + " when matched then update set v = s.v"
                + " when not matched then insert (id, v) values (s.id, s.v)")) {
      assertThat(process.run(statement)).as(statement).doesNotContain("error");
    }
    assertThat(process.run("select * from " + table + " order by id"))
        .isEqualTo("[[1, m], [3, n]]");
  }

  private static String jar(String path) {
    Path file = MAVEN.resolve(path);
    assumeTrue(Files.exists(file), "there is no " + file);
    return file.toString();
  }
}
