package dev.weft.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of nearly the largest size get statements or errors with places. */
class LongTextTest {

  private static final int SIZE = ScriptParser.MAX_LENGTH - 1_000;

  /** The part of a shape between its two marks, as often as there is room. */
  private static String filled(String shape) {
    String[] parts = shape.split("#", -1);
    return parts[0] + parts[1].repeat(SIZE / parts[1].length()) + parts[2];
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select a from t where a in (#1, #2)",
        "values #(1, 'a'), #(2, 'b')",
        "select #a + b - #c",
        "select #'a' || 'b' || #'c'",
        "select a from t where #a = 1 and b > 2 or #true",
        "select #not a and #b",
        "select #f(x -> x + 1), #1",
        "select #1 + - 2 * #3",
        "select #a as b, #c from t",
        "select 1 #union all select 1 #",
        "select #größe_名前# from t",
        "create table t (a int) comment '#x#'",
        "select '#x#'",
        "with #x as (select 1), #y as (select 2) select * from x",
      })
  void aLongStatementIsRead(String shape) {
    ParsedScript read = ScriptParser.parse(new Source("t.weft", filled(shape)));
    assertThat(read.errors()).isEmpty();
    assertThat(read.script().statements()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "( | NESTED_TOO_DEEPLY",
        "f( | NESTED_TOO_DEEPLY",
        "[ | NESTED_TOO_DEEPLY",
        "- | NESTED_TOO_DEEPLY",
        "x -> | NESTED_TOO_DEEPLY",
        "array< | NESTED_TOO_DEEPLY",
        ") | SYNTAX",
        "{ | SYNTAX",
        "select | SYNTAX",
        "a b | SYNTAX",
        "😀 | SYNTAX",
        "1 select | SYNTAX",
        "from ; select ( | SYNTAX",
      })
  void whatCannotBeReadIsAnErrorWithItsPlace(String item, ErrorCode code) {
    ParsedScript read = ScriptParser.parse(new Source("t.weft", filled("select #" + item + " #")));
    assertThat(read.errors()).hasSizeBetween(1, ScriptParser.MAX_ERRORS + 1);
    assertThat(read.errors().get(0).code()).isEqualTo(code);
  }

  @Test
  void tooManyErrorsEndWithSayingSo() {
    String text = "selct 1;\n".repeat(2 * ScriptParser.MAX_ERRORS);
    ParsedScript read = ScriptParser.parse(new Source("t.weft", text));
    assertThat(read.errors()).hasSize(ScriptParser.MAX_ERRORS + 1);
    assertThat(read.errors().get(ScriptParser.MAX_ERRORS))
        .hasToString("t.weft:501:1: error SYNTAX: more than 500 errors; mend those first");
  }

  @Test
  void manyOrdinaryStatementsAreCutReadAndColoured() {
    String text =
        IntStream.range(0, 8_000)
            .mapToObj(i -> "select a, sum(b) as s" + i + " from t group by a as r" + i + ";\n")
            .collect(Collectors.joining());
    assertThat(ScriptParser.parse(new Source("t.weft", text)).script().statements()).hasSize(8_000);
    assertThat(StatementSplitter.state(text)).isEqualTo(StatementSplitter.State.COMPLETE);
    assertThat(Highlighting.tokens(text).size()).isEqualTo(8_000 * 17);
  }
}
