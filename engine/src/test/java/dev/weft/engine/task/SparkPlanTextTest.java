package dev.weft.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Spark's plans without what differs between machines. */
class SparkPlanTextTest {

  @Test
  void pathsBelowTheFolderAreRelativeWhateverTheyBeginWith() {
    Path folder = Path.of("/srv/scripts");
    String text = "Location: InMemoryFileIndex[file:/srv/scripts/data/a.csv, file:/tmp/b.csv]";
    assertThat(SparkPlanText.stable(text, folder))
        .isEqualTo("Location: InMemoryFileIndex[data/a.csv, /tmp/b.csv]");
  }

  @Test
  void numbersThatChangeAreGone() {
    assertThat(SparkPlanText.stable("Project [a#12, b#7L], [plan_id=31]", Path.of("/x")))
        .isEqualTo("Project [a, b]");
  }
}
