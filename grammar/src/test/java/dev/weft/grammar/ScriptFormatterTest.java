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
        "Alter Table T  add columns (a  int) | Alter Table T  add columns (a  int)",
        "Create Table T (a  int NOT null)USING csv | create table T (a int not null) using csv",
        "CREATE or replace TEMP VIEW V AS SELECT 1 | create or replace temp view V as select 1",
        "INSERT INTO T(A,b) SELECT Replace(a) AS Source from t | insert into T (A, b) select Replace(a) as Source from t",
        "insert overwrite T partition(d='x',e) values (1),(2) | insert overwrite T partition (d = 'x', e) values (1), (2)",
        "INSERT INTO t BY NAME SELECT 1 AS name | insert into t by name select 1 as name",
        "UPDATE T SET Name=upper( name ),b=DEFAULT WHERE If(a,b,c) | update T set Name = upper(name), b = default where If(a, b, c)",
        "DELETE FROM T AS x WHERE x . a=1 | delete from T as x where x.a = 1",
        "cache LAZY table c as SELECT 1 | cache lazy table c as select 1",
        "explain EXTENDED Create table z as SELECT 1 | explain extended create table z as select 1",
        "select a from t /* x */ ; | select a from t; /* x */",
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
  void statementsThatWriteTablesStandOnLinesToo() {
    assertThat(
            format(
                """
                CREATE TABLE d.t USING delta PARTITIONED BY (a) TBLPROPERTIES ('x'='y') -- how
                COMMENT 'z' AS SELECT a, count(*) AS n FROM u GROUP BY a ORDER BY a;
                MERGE INTO t USING (SELECT * FROM s WHERE a>1) AS s ON t.id=s.id -- keys
                WHEN MATCHED AND s.gone THEN DELETE
                WHEN MATCHED THEN UPDATE SET a=s.a, b=s.b+1
                /* new */ WHEN NOT MATCHED BY TARGET THEN INSERT (id,a) VALUES (s.id,s.a);
                WITH x AS (SELECT 1 AS source) INSERT INTO t SELECT * FROM x;
                update a_table_with_a_long_name set a_first_column=1 + 2 + 3, a_second_column='some words',
                a_third_column=null where id=1
                """))
        .isEqualTo(
            """
            create table d.t
              using delta
              partitioned by (a)
              tblproperties ('x' = 'y') -- how
              comment 'z'
            as
            select a, count(*) as n
            from u
            group by a
            order by a;
            merge into t
            using (select * from s where a > 1) as s
            on t.id = s.id -- keys
            when matched and s.gone then delete
            when matched then update set a = s.a, b = s.b + 1
            /* new */
            when not matched by target then insert (id, a) values (s.id, s.a);
            with x as (select 1 as source)
            insert into t
            select *
            from x;
            update a_table_with_a_long_name
            set a_first_column = 1 + 2 + 3, a_second_column = 'some words', a_third_column = null
            where id = 1
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
