package dev.weft.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.grammar.ast.Load;
import dev.weft.grammar.ast.Name;
import dev.weft.grammar.ast.Predict;
import dev.weft.grammar.ast.Train;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByzerSpellingsTest {

  private static ParsedScript read(String file, String text) {
    return ScriptParser.parse(new Source(file, text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s.byzer", "dir/S.MLSQL"})
  void theLastOfSeveralNamesCounts(String file) {
    ParsedScript read =
        read(
            file,
            """
            load csv .`a.csv` where and header="true" as a as t;
            train t as RandomForest .`/tmp/m` options and fitParam.0.labelCol="y" as r1 as r2;
            predict t as RandomForest.`/tmp/m` as p1 as p2;
            load custom.`` options `kafka.servers`="x" as empty;
            select a as b as c;
            """);
    assertThat(read.errors()).isEmpty();
    assertThat(((Load) read.script().statements().get(0)).result().text()).isEqualTo("t");
    assertThat(((Train) read.script().statements().get(1)).result().map(Name::text)).contains("r2");
    assertThat(((Predict) read.script().statements().get(2)).result().text()).isEqualTo("p2");
    assertThat(((Load) read.script().statements().get(3)).path())
        .isInstanceOfSatisfying(
            dev.weft.grammar.ast.Literal.Text.class, path -> assertThat(path.value()).isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "load csv.`a` as a as t | s.weft:1:22: error INVALID_CLAUSE: a statement names its result"
            + " once; leave 'AS a' out",
        "train t as a.m where and k = 1 | s.weft:1:22: error INVALID_CLAUSE: AND stands between two"
            + " options, not before the first; leave it out",
      })
  void elsewhereTheErrorSaysWhatToWrite(String text, String error) {
    assertThat(read("s.weft", text).errors())
        .extracting(Diagnostic::toString)
        .containsExactly(error);
  }

  @Test
  void theFormatterKeepsThem() {
    String text = "LOAD csv .`a.csv` WHERE AND header=\"true\" AS a AS t;";
    assertThat(ScriptFormatter.format(new Source("s.byzer", text)))
        .isEqualTo("load csv.`a.csv` where and header = \"true\" as a as t;\n");
    assertThat(List.of(new Source("a.weft", "").isByzer(), new Source("a.byzer", "").isByzer()))
        .containsExactly(false, true);
  }
}
