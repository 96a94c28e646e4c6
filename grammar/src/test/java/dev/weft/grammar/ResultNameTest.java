package dev.weft.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.grammar.ast.Name;
import dev.weft.grammar.ast.Query;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultNameTest {

  /** The second column is the result's name, the third what the query itself consists of. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select a, count(*) as n from t | - | select a, count(*) as n from t",
        "select 1 as x | x | select 1 as x",
        "select a from t as p | p | select a from t as p",
        "select a from t p as r | r | select a from t p",
        "select a from t as x group by a as r | r | select a from t as x group by a",
        "select a from t where b > 1 as r | r | select a from t where b > 1",
        "select a from t order by a desc as r | r | select a from t order by a desc",
        "select a from t limit 10 as r | r | select a from t limit 10",
        "select * from predict(model m, table t) as p | p | select * from predict(model m, table t) as p",
        "select * from predict(model m, table t) as p where a > 1 as r | r"
            + " | select * from predict(model m, table t) as p where a > 1",
        "select 1 union select 2 as x | x | select 1 union select 2 as x",
        "(select 1) as r | r | (select 1)",
        "values (1), (2) as r | r | values (1), (2) as r",
        "table t as r | r | table t",
        "select a from t join u using (k) as r | r | select a from t join u using (k)",
        "select a from t join u on t.k = u.k as r | r | select a from t join u on t.k = u.k",
        "select cast(a as int) | - | select cast(a as int)",
        "select a as (b, c) | - | select a as (b, c)",
        "select a from (select 1 as a) | - | select a from (select 1 as a)",
        "select a from t as p(x, y) | - | select a from t as p(x, y)",
        "with w as (select 1) select * from w as r | r | with w as (select 1) select * from w as r",
        "select 1 as `my result` | my result | select 1 as `my result`",
        "select 1 x | - | select 1 x",
      })
  void finalAsNamesTheResultAndAliasesWhereSparkReadsAnAlias(
      String text, String result, String tree) {
    Query query = Scripts.one(text, Query.class);
    assertThat(query.result().map(Name::text).orElse("-")).isEqualTo(result);
    assertThat(Places.of(query.span().source(), query.tree()).text()).isEqualTo(tree);
    assertThat(query.span().text()).isEqualTo(text);
  }
}
