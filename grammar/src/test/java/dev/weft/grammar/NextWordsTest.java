package dev.weft.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NextWordsTest {

  private static NextWords after(String text) {
    return NextWords.after(text).orElseThrow();
  }

  @Test
  void clausesFollowInTheirOrder() {
    assertThat(after("select a from t ").keywords())
        .contains("WHERE", "GROUP", "JOIN", "LEFT", "ORDER", "UNION", "AS")
        .doesNotContain("SELECT", "LABEL", "THEN", "BY");
    assertThat(after("select a from t group ").keywords()).containsExactly("BY");
    assertThat(after("select a from t where b ").keywords())
        .contains("AND", "IN", "IS", "LIKE", "BETWEEN", "GROUP")
        .doesNotContain("WHERE", "FROM", "JOIN");
    assertThat(after("select case when a then b ").keywords()).contains("ELSE", "END", "WHEN");
    assertThat(after("select sum(a) over (partition by b ").keywords())
        .contains("ORDER", "ROWS", "RANGE")
        .doesNotContain("FROM", "WHERE");
  }

  @Test
  void ourStatementsAndSparksHaveTheirOwn() {
    assertThat(after("train t as lightgbm.m label y ").keywords())
        .contains("FEATURES", "SPLIT", "SEED", "USING", "VALIDATE", "AS");
    assertThat(after("train t as lightgbm.m using ").keywords())
        .containsExactly("GPU", "TIMEOUT", "WORKERS");
    assertThat(after("select 1; merge into t using u on a = b when ").keywords())
        .containsExactly("MATCHED", "NOT");
    assertThat(after("insert into t select a from u ").keywords()).contains("WHERE");
    assertThat(after("explain analyze select a ").keywords()).contains("FROM");
  }

  @Test
  void whatIsAskedForIsKnown() {
    assertThat(after("select a from ").table()).isTrue();
    assertThat(after("select a from t join ").table()).isTrue();
    assertThat(after("select a from t where ").table()).isFalse();
    assertThat(after("select a from t where ").expression()).isTrue();
    assertThat(after("select a from t limit 5 ").expression()).isFalse();
  }

  @Test
  void whereNothingCanFollowTheGrammarDoesNotTell() {
    assertThat(NextWords.after("select from where ")).isEmpty();
    assertThat(NextWords.after("alter table t ")).isEmpty();
    assertThat(NextWords.after("")).isEmpty();
  }
}
