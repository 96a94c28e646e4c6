package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TitlesTest {

  @Test
  void linesAndCommentsBecomeOneLine() {
    assertThat(Titles.of("select -- what\n  1\n as x")).isEqualTo("select 1 as x");
  }

  @Test
  void longStatementsAreCutBetweenCharacters() {
    assertThat(Titles.of("select '" + "🐧".repeat(80) + "'"))
        .hasSize(8 + 51 * 2 + 1)
        .endsWith("🐧…");
  }
}
