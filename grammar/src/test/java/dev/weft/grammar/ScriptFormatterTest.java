package dev.weft.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScriptFormatterTest {

  private static String format(String text) {
    return ScriptFormatter.format(new Source("s.weft", text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SELECT  a,b , COUNT( * )FROM t AS x WHERE a=1 | select a, b, COUNT(*) from t as x where a = 1",
        "select Date, - - 1, -a, not  b, a [ 1 ], s . f from t | select Date, - -1, -a, not b, a[1], s.f from t",
        "select cast(a as ARRAY < INT >), b::decimal( 10,2 ) | select cast(a as ARRAY<INT>), b::decimal(10, 2)",
        "select transform(a,x->x+:n), v:a.b | select transform(a, x -> x + :n), v:a.b",
        "LOAD csv . `a.csv` WHERE header=TRUE AND sep=';' AS t | load csv.`a.csv` where header = true and sep = ';' as t",
        "EXPLAIN ANALYZE select 1 | explain analyze select 1",
        "Create Table T (a  int) | Create Table T (a  int)",
        "select /* why */ 1 /* one */ | select /* why */ 1 /* one */",
        "select sum(a) over(partition by b order by c) | select sum(a) over (partition by b order by c)",
        "DECLARE PARAM n INT DEFAULT -1 | declare param n INT default -1",
        "select interval '1' day, date '2020-01-01', x'1F' | select interval '1' day, date '2020-01-01', x '1F'",
      })
  void wordsStandWhereTheHouseStyleWantsThem(String text, String formatted) {
    assertThat(format(text)).isEqualTo(formatted + "\n");
  }

  @Test
  void clausesStandOnLines() {
    assertThat(
            format(
                """
                -- first


                SELECT a, b -- the b
                , c FROM t LEFT JOIN (SELECT * FROM u WHERE x > 1) AS v ON t.id = v.id
                WHERE a AND b /* both */
                -- and more
                AND c GROUP BY a ORDER BY b
                AS r;  SELECT 1; -- done
                -- last
                """))
        .isEqualTo(
            """
            -- first

            select
              a,
              b, -- the b
              c
            from t
            left join (select * from u where x > 1) as v on t.id = v.id
            where a
              and b /* both */
              -- and more
              and c
            group by a
            order by b
            as r;
            select 1; -- done
            -- last
            """);
  }

  @Test
  void aTextWithErrorsIsRefused() {
    assertThatThrownBy(() -> format("select 1; selct 2")).isInstanceOf(WeftException.class);
  }

  static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("..").toAbsolutePath().normalize(), 4)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().matches(".*(examples|script-tests|notebooks)/.*\\.weft"))
          .filter(file -> !file.toString().contains("/target/"))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void everyScriptOfTheProjectKeepsItsMeaning(Path file) throws IOException {
    Source source = new Source(file.toString(), Files.readString(file));
    if (!ScriptParser.parse(source).errors().isEmpty()) {
      return;
    }
    ScriptFormatter.Formatted once = ScriptFormatter.whole(source);
    assertThat(once.kept()).isZero();
    assertThat(format(once.text())).isEqualTo(once.text());
  }
}
