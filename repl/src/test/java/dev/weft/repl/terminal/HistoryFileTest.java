package dev.weft.repl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryFileTest {

  private final Path home;

  HistoryFileTest(@TempDir Path home) {
    this.home = home;
  }

  @Test
  void liesInTheStateFolder() {
    assertThat(HistoryFile.path(Map.of("HOME", home.toString())))
        .contains(home.resolve(".local/state/weft/history"));
    assertThat(HistoryFile.path(Map.of("HOME", "/", "XDG_STATE_HOME", home.toString())))
        .contains(home.resolve("weft/history"));
    assertThat(HistoryFile.path(Map.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "load jdbc.`x` where password = 'p' as t;",
        "load jdbc.`jdbc:postgresql://me:geheim@host/db` as t;",
        "set spark.hadoop.fs.s3a.secret.key=abc;",
        "options (api_key => 'k');"
      })
  void secretsAreNotKept(String statement) {
    assertThat(HistoryFile.isSecret(statement)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"select token from t;", "select 1;", "load csv.`a:b` as t;"})
  void ordinaryStatementsAre(String statement) {
    assertThat(HistoryFile.isSecret(statement)).isFalse();
  }
}
