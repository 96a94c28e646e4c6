package dev.weft.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.grammar.StatementSplitter.State;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~ | EMPTY",
        "-- nothing | EMPTY",
        "/* nothing */ ; | EMPTY",
        "select 1 | INCOMPLETE",
        "select 1; | COMPLETE",
        "select 1; -- done | COMPLETE",
        "select 1; select | INCOMPLETE",
        "select ';' | INCOMPLETE",
        "select ';'; | COMPLETE",
        "select 'a; | INCOMPLETE",
        "select `a; | INCOMPLETE",
        "select 1 /* ; | INCOMPLETE",
        "python t as u '''a; | INCOMPLETE",
        "python t as u '''a;'''; | COMPLETE",
        "python t as u $$ it's; $$; | COMPLETE",
        "select '''a;'''; | COMPLETE",
        "create function f() returns int language python as '''a;\"''' | INCOMPLETE",
        "selec 1; | COMPLETE",
      })
  void anEntryIsCompleteWhenItsLastStatementIsClosed(String text, State state) {
    assertThat(StatementSplitter.state(text)).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'it''s' | it's",
        "'it\\'s' | it's",
        "\"say \"\"a\"\"\" | say \"a\"",
        "r'a\\n' | a\\n",
        "'\\u00e4\\U0001F600' | ä😀",
        "'\\101\\%\\_' | A\\%\\_",
        "'a\\qb' | aqb",
      })
  void stringsMeanWhatSparkReads(String written, String value) {
    assertThat(Quotes.string(written)).isEqualTo(value);
  }

  @Test
  void printerKeepsTabsAndWideCharactersInLine() {
    Source source = new Source("a.weft", "select\t'名前', form\n from t");
    Span place = new Span(source, 13, 17);
    assertThat(DiagnosticPrinter.print(ErrorCode.SYNTAX.at(place, "no")))
        .isEqualTo("a.weft:1:14: error SYNTAX: no\nselect\t'名前', form\n      \t        ^^^^");
  }

  @Test
  void printerCutsLongLinesAroundTheCaret() {
    Source source = new Source("a.weft", "x".repeat(500) + "HERE" + "y".repeat(500));
    String[] lines =
        DiagnosticPrinter.print(ErrorCode.SYNTAX.at(new Span(source, 500, 504), "no")).split("\n");
    assertThat(lines[1]).hasSizeLessThanOrEqualTo(122).startsWith("…").endsWith("…");
    assertThat(lines[1].substring(lines[2].indexOf('^'), lines[2].length())).isEqualTo("HERE");
  }

  @Test
  void printerShowsACaretAtTheEndOfTheText() {
    Source source = new Source("a.weft", "select 1 +");
    Diagnostic error = ErrorCode.SYNTAX.at(new Span(source, 10, 10), "no");
    assertThat(DiagnosticPrinter.print(error)).endsWith("select 1 +\n          ^");
  }

  @Test
  void printerMarksOnlyTheFirstLineOfALongPlace() {
    Source source = new Source("a.weft", "select 1,\n 2;");
    Diagnostic error = ErrorCode.SYNTAX.at(Span.all(source), "no");
    assertThat(DiagnosticPrinter.print(error)).endsWith("select 1,\n^^^^^^^^^");
  }

  @Test
  void highlightingCoversUnfinishedText() {
    assertThat(Highlighting.tokens("select a, `b`, 1.5 -- c\n 'd"))
        .extracting(token -> token.kind().name().toLowerCase(Locale.ROOT))
        .containsExactly(
            "keyword",
            "name",
            "operator",
            "quoted_name",
            "operator",
            "number",
            "comment",
            "string");
  }

  @Test
  void keywordsAreCompleteAndSorted() {
    assertThat(Keywords.all()).isSorted().contains("SELECT", "TRAIN", "CREATE", "PERCENT", "LIKE");
  }

  @Test
  void partsCanBeReadAlone() {
    assertThat(ScriptParser.type("map<string, array<array<int>>>").getText())
        .isEqualTo("map<string,array<array<int>>>");
    assertThat(ScriptParser.schema("a int, `b c` decimal(10,2) not null").columnDefinition())
        .hasSize(2);
    assertThat(ScriptParser.expression(new Source("e", "a >> 2 > 1")).getText())
        .isEqualTo("a>>2>1");
  }
}
