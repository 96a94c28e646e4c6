package dev.weft.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestFileTest {

  private static final String TEXT =
      """
      -- what it is about
      -- requires: ray

      select 1
        as x;
      > x:int
      > 1

      -- an error
      select 1;
      select;
      > error SYNTAX 2:7: no
      >
      -- the end
      """;

  @Test
  void readingAndWritingGivesTheSameText() {
    TestFile file = TestFile.of(TEXT.lines().toList());
    assertThat(file.text()).isEqualTo(TEXT);
    assertThat(file.blocks())
        .extracting(Block::text)
        .containsExactly("select 1\n  as x;", "select 1;\nselect;");
    assertThat(file.requires()).contains("ray");
    assertThat(file.isLong()).isFalse();
    assertThat(TestFile.of(("-- long\n" + TEXT).lines().toList()).isLong()).isTrue();
  }

  @Test
  void answersReplaceOnlyExpectedLines() {
    TestFile file = TestFile.of(List.of("select 1;", ">", "-- end"));
    assertThat(file.answering(List.of(List.of("a:int", "1"))).text())
        .isEqualTo("select 1;\n> a:int\n> 1\n-- end\n");
  }

  @Test
  void volatileTextIsMasked() {
    assertThat(VolatileText.masked("http://127.0.0.1:4711/v1 in 1.5 s"))
        .isEqualTo("http://<host>/v1 in <duration>");
  }
}
