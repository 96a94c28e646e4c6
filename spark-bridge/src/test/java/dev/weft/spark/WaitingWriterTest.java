package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.engine.Progress;
import dev.weft.engine.Rows;
import dev.weft.engine.SessionListener;
import dev.weft.engine.Submission;
import dev.weft.grammar.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A table that another process is writing. */
@Tag("slow")
@Timeout(180)
class WaitingWriterTest {

  @TempDir Path folder;
  private final List<String> progress = Collections.synchronizedList(new ArrayList<>());
  private final List<List<List<@Nullable Object>>> answers = new ArrayList<>();

  @Test
  void whoWaitsSaysForWhomAndAKilledWriterLeavesNoRow() throws Exception {
    try (ScriptRun script = new ScriptRun(folder)) {
      run(script, "create table held (id bigint) using parquet; insert into held values (1);");
      CatalogProcess other = new CatalogProcess(TestSpark.PROJECT);
      other.run("select 1 as a");
      other.send("insert into held select id from range(0, 1000000000000, 1, 1)");
      awaitFiles();
      assertThatThrownBy(
              () -> run(script, "set weft.timeout = '4 s'; insert into held values (2);"))
          .hasMessageContaining("TIMED_OUT");
      assertThat(progress)
          .anyMatch(line -> line.matches("waiting for process \\d+, which writes the table held"));
      run(script, "set weft.timeout = 'none'; select * from held;");
      assertThat(answers).containsExactly(List.of(List.of(1L)));
      other.kill();
      run(script, "insert into held values (3); select id from held order by id;");
      assertThat(answers).containsExactly(List.of(List.of(1L), List.of(3L)));
      run(script, "drop table held;");
    }
  }

  private static void awaitFiles() throws IOException, InterruptedException {
    Path table = TestSpark.PROJECT.resolve(".weft/tables/held");
    while (!isWriting(table)) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static boolean isWriting(Path table) throws IOException {
    try (Stream<Path> files = Files.walk(table)) {
      return files.anyMatch(
          file -> file.toString().contains("_temporary") && file.toString().endsWith(".parquet"));
    } catch (java.io.UncheckedIOException moving) {
      return false;
    }
  }

  private void run(ScriptRun script, String text) {
    answers.clear();
    Submission submission =
        new Submission(new Source("script.weft", text), folder, OptionalLong.empty());
    script
        .session()
        .run(
            submission,
            new SessionListener() {
              @Override
              public void progress(Progress told) {
                progress.add(told.what());
              }

              @Override
              public void rows(Rows rows) {
                List<List<@Nullable Object>> all = TestSpark.collect(rows);
                if (!all.isEmpty()) {
                  answers.add(all);
                }
              }
            });
  }
}
