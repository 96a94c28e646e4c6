package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.grammar.WeftException;
import dev.weft.grammar.ast.Save;
import dev.weft.planner.spi.FileSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.apache.spark.SparkStatusTracker;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SaveTest {

  @TempDir Path folder;
  private final TestPlans plans = new TestPlans();

  private void save(String text, Save.Mode mode, FileSource target, String... partitionBy) {
    save(plans.text(text), mode, target, partitionBy);
  }

  private static void save(RelNode plan, Save.Mode mode, FileSource target, String... columns) {
    TestSpark.backend().save(plan, target, mode, List.of(columns), TestSpark.run());
  }

  private FileSource target(String format) {
    return new FileSource(format, folder.resolve("out/" + format).toString(), Map.of(), "");
  }

  private long count(FileSource source) {
    return TestSpark.collect(plans.scan(source)).size();
  }

  private static void awaitIdle() throws InterruptedException {
    SparkStatusTracker tracker = SparkSession.active().sparkContext().statusTracker();
    while (Arrays.stream(tracker.getExecutorInfos()).anyMatch(e -> e.numRunningTasks() > 0)) {
      Thread.sleep(50);
    }
  }

  private List<String> names(Path parent) throws IOException {
    try (Stream<Path> files = Files.list(parent)) {
      return files.map(p -> p.getFileName().toString()).filter(n -> !n.endsWith(".crc")).toList();
    }
  }

  @Test
  void everyModeDoesWhatItSays() throws IOException {
    FileSource parquet = target("parquet");
    save("select * from range(10)", Save.Mode.ERRORIFEXISTS, parquet);
    assertThatThrownBy(() -> save("select 1 as id", Save.Mode.ERRORIFEXISTS, parquet))
        .hasMessageContaining("OUTPUT_EXISTS");
    save("select * from range(5)", Save.Mode.IGNORE, parquet);
    assertThat(count(parquet)).isEqualTo(10);
    save("select * from range(5)", Save.Mode.APPEND, parquet);
    assertThat(count(parquet)).isEqualTo(15);
    save("select * from range(2)", Save.Mode.OVERWRITE, parquet);
    assertThat(count(parquet)).isEqualTo(2);
    assertThat(names(folder.resolve("out"))).containsExactly("parquet");
  }

  @Test
  void partitionsBecomeFolders() throws IOException {
    FileSource json = target("json");
    String text = "select id, id % 2 as k from range(10)";
    save(text, Save.Mode.ERRORIFEXISTS, json, "k");
    save(text, Save.Mode.APPEND, json, "k");
    assertThat(names(Path.of(json.path()))).contains("k=0", "k=1");
    assertThat(count(json)).isEqualTo(20);
  }

  @Test
  void aTableMayOverwriteItself() {
    FileSource csv =
        new FileSource("csv", folder.resolve("t").toString(), Map.of("header", "true"), "");
    save("select * from range(10)", Save.Mode.ERRORIFEXISTS, csv);
    save(plans.push(csv).builder.limit(0, 4).build(), Save.Mode.OVERWRITE, csv);
    assertThat(count(csv)).isEqualTo(4);
  }

  @Test
  void aFailedQueryLeavesWhatWasThere() throws IOException {
    FileSource parquet = target("parquet");
    save("select * from range(3)", Save.Mode.ERRORIFEXISTS, parquet);
    String broken = "select 1 / (id - 5000) as x from range(0, 10000, 1, 2)";
    assertThatThrownBy(() -> save(broken, Save.Mode.OVERWRITE, parquet))
        .isInstanceOf(WeftException.class)
        .hasMessageContaining("QUERY_FAILED: division by zero")
        .hasMessageEndingWith("(DIVIDE_BY_ZERO)");
    assertThat(count(parquet)).isEqualTo(3);
    FileSource fresh =
        new FileSource("parquet", folder.resolve("new/deep/x").toString(), Map.of(), "");
    assertThatThrownBy(() -> save(broken, Save.Mode.ERRORIFEXISTS, fresh))
        .hasMessageContaining("DIVIDE_BY_ZERO");
    assertThat(names(folder)).containsExactly("out");
    assertThat(names(folder.resolve("out"))).containsExactly("parquet");
  }

  @Test
  void filesOfTasksThatOutliveTheirJobGoToo() throws Exception {
    // One task fails at once; the other computes its first row for a while, then opens its file.
    String half =
        "select if(id = 0, 1 / id, levenshtein(repeat('a', 12000), repeat('b', 12000 + int(id))))"
            + " as x from range(0, 2, 1, 2)";
    assertThatThrownBy(() -> save(half, Save.Mode.ERRORIFEXISTS, target("csv")))
        .hasMessageContaining("DIVIDE_BY_ZERO");
    awaitIdle();
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "parquet", "json", "orc"})
  void aFullDiskLeavesWhatWasThere(String format) throws IOException {
    String path = "full://" + folder.resolve("out");
    FileSource target = new FileSource(format, path, Map.of("compression", "none"), "");
    save("select id from range(10)", Save.Mode.ERRORIFEXISTS, target);
    String much = "select id, uuid() as u from range(0, 20000, 1, 2)";
    for (Save.Mode mode : List.of(Save.Mode.OVERWRITE, Save.Mode.APPEND)) {
      assertThatThrownBy(() -> save(much, mode, target))
          .hasMessage(
              "test.weft:1:1: error DISK_FULL: the disk is full while writing '"
                  + path
                  + "'; nothing of it was kept; free some space or write elsewhere");
      assertThat(count(target)).isEqualTo(10);
      assertThat(names(folder)).containsExactly("out");
    }
    FileSource fresh = new FileSource(format, "full://" + folder.resolve("new/x"), Map.of(), "");
    assertThatThrownBy(() -> save(much, Save.Mode.ERRORIFEXISTS, fresh))
        .hasMessageContaining("DISK_FULL");
    assertThat(names(folder)).containsExactly("out");
  }

  @Test
  void whatAFormatCannotHoldIsSaid() {
    assertThatThrownBy(() -> save("select map('a', 1) as m", Save.Mode.OVERWRITE, target("csv")))
        .hasMessageContaining("OUTPUT_FAILED")
        .hasMessageNotContaining("SQLSTATE");
  }

  @Test
  void aProjectIsNotOverwritten() throws IOException {
    Files.createDirectories(folder.resolve("p/.weft"));
    FileSource project = new FileSource("csv", folder.resolve("p").toString(), Map.of(), "");
    assertThatThrownBy(() -> save("select 1 as x", Save.Mode.OVERWRITE, project))
        .hasMessageContaining("it is the folder of a project");
  }
}
