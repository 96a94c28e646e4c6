package dev.weft.repl.terminal;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jline.reader.EOFError;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryParserTest {

  private static void accept(String entry) {
    new EntryParser().parse(entry, entry.length(), ParseContext.ACCEPT_LINE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"select 1;", "", ".help", "quit", "select ';';", "-- nothing"})
  void wholeEntriesRun(String entry) {
    assertThatCode(() -> accept(entry)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"select 1", "select ';", "select 1; select 2", "/* open"})
  void openEntriesGoOn(String entry) {
    assertThatThrownBy(() -> accept(entry)).isInstanceOf(EOFError.class);
  }
}
