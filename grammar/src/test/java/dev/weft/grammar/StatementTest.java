package dev.weft.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.grammar.ast.Explain;
import dev.weft.grammar.ast.Item;
import dev.weft.grammar.ast.Literal;
import dev.weft.grammar.ast.Load;
import dev.weft.grammar.ast.Name;
import dev.weft.grammar.ast.NotYet;
import dev.weft.grammar.ast.Option;
import dev.weft.grammar.ast.Save;
import dev.weft.grammar.ast.Serve;
import dev.weft.grammar.ast.SetOption;
import dev.weft.grammar.ast.Statement;
import dev.weft.grammar.ast.Train;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTest {

  /** One text for every kind of statement; a kind without one fails the last test. */
  private static final String EVERY_KIND =
      """
      load csv.`a.csv` as t;
      save t as csv.`b`;
      train t as lightgbm.m label y;
      predict t as LightGBM.`m` as p;
      serve m as api;
      unserve api;
      alter model m set alias prod = 3;
      rollback model m;
      drop model m;
      export model m to 'm.onnx';
      import model m from 'm.onnx';
      show models;
      show endpoints;
      show algorithms;
      describe model m;
      describe algorithm lightgbm;
      set weft.planner = 'spark';
      include 'other.weft';
      assert 1 = 1;
      declare param p int default 1;
      explain select 1;
      select 1;
      create table x (a int);
      python t as u '''u = t''';
      create function f(a int) returns int language python as '''f = 1''';
      tune t;
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "load csv.`a` as t | Load",
        "load data.`a` as t | Load",
        "load data inpath 'x' into table t | SparkStatement",
        "show models | ShowModels",
        "show tables | SparkStatement",
        "describe model m@2 | DescribeModel",
        "desc model `a/b` | DescribeModel",
        "describe table model | SparkStatement",
        "describe model.t | SparkStatement",
        "describe t | SparkStatement",
        "set weft.seed = 4 | SetOption",
        "set spark.sql.ansi.enabled = true | SparkStatement",
        "set | SparkStatement",
        "set weft = 1 | SparkStatement",
        "insert into t values (1, 'a;b') | SparkStatement",
        "with x as (select 1) insert into t select * from x | SparkStatement",
        "with x as (select 1), y as (select 2) select * from x | Query",
        "create table t as select 1 as a | SparkStatement",
        "explain select 1 | Explain",
        "explain analyze table t compute statistics | SparkStatement",
        "explain analyze table t | Explain",
        "select predict(1), model from evaluate | Query",
        "select * from predict(a, b) | Query",
        "values (1), (2) as t | Query",
        "table t | Query",
        "(select 1) | Query",
        "python t as u '''a = \";\"''' | Python",
        "create function f(a double) returns double language python as $$ x; y $$ | CreateFunction",
        "create function f as 'x.Y' | SparkStatement",
        "declare param p int | DeclareParam",
        "declare param p string default 'a' | DeclareParam",
        "declare param int | SparkStatement",
        "declare variable v int | SparkStatement",
        "drop model m | DropModel",
        "drop model if exists m@2 | DropModel",
        "drop model if | DropModel",
        "drop model m keep 3 older than interval 30 days | DropModel",
        "rollback model m | RollbackModel",
        "export model m to 'a.onnx' format onnx | ExportModel",
        "export overwrite model m@prod to 'a' | ExportModel",
        "import model m from 'a.onnx' | ImportModel",
        "select if(a, keep, older) as unset from than | Query",
        "drop table model | SparkStatement",
        "alter model m set alias prod = 3 | AlterModel",
        "alter model m unset alias prod | AlterModel",
      })
  void firstWordsDecideTheKind(String text, String kind) {
    assertThat(Scripts.one(text).getClass().getSimpleName()).isEqualTo(kind);
  }

  @Test
  void loadKeepsTypedOptions() {
    Load load =
        Scripts.one(
            "LOAD csv.`a b/*.csv` WHERE header = true AND sep = '\\t' AND `x.y`.z = -1.5 AND mode ="
                + " FAILFAST AND n = null AND many = [1, 'a'] AS `my table`",
            Load.class);
    assertThat(load.format().text()).isEqualTo("csv");
    assertThat(((Literal.Text) load.path()).value()).isEqualTo("a b/*.csv");
    assertThat(load.result().text()).isEqualTo("my table");
    assertThat(load.options())
        .extracting(StatementTest::summary)
        .containsExactly(
            "header=Truth true",
            "sep=Text \t",
            "x.y.z=Fraction -1.5",
            "mode=Word FAILFAST",
            "n=Null",
            "many=Many 2");
  }

  @Test
  void trainReadsEveryClauseInAnyOrder() {
    Train train =
        Scripts.one(
            "train (select * from t) as LightGBM.`models/a:b` seed 7 split 0.25 transform (upper(c)"
                + " as c) features (a, b + 1 as b1) where num_leaves = 31 label (delay > 15 as"
                + " late) validate on v using gpu 1 workers 2 timeout interval 1 minute 30 seconds"
                + " as report",
            Train.class);
    assertThat(train.input().span().text()).isEqualTo("(select * from t)");
    assertThat(train.algorithm().text()).isEqualTo("LightGBM");
    assertThat(train.model().text()).isEqualTo("models/a:b");
    assertThat(train.label().flatMap(Item::name).map(Name::text)).contains("late");
    assertThat(train.features()).hasSize(2);
    assertThat(train.transform()).hasSize(1);
    assertThat(train.options())
        .extracting(StatementTest::summary)
        .containsExactly("num_leaves=Whole 31");
    assertThat(train.validation()).isPresent();
    assertThat(train.seed().map(seed -> ((Literal.Whole) seed).value().intValue())).contains(7);
    assertThat(train.using().flatMap(Train.Resources::timeout)).contains(90.0);
    assertThat(train.result().map(Name::text)).contains("report");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "train t as a.m label late as report | late | report",
        "train t as a.m label late | late | -",
        "train t as a.m label late split 0.2 as split | late | split",
        "train t as a.m label t.late seed 1 | t.late | -",
        "train t as a.m as report | - | report",
      })
  void labelEndsBeforeTheNextClause(String text, String label, String result) {
    Train train = Scripts.one(text, Train.class);
    assertThat(train.label().map(item -> item.span().text()).orElse("-")).isEqualTo(label);
    assertThat(train.result().map(Name::text).orElse("-")).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource({
    "90, 90.0",
    "'interval 2 hours', 7200.0",
    "'interval ''5'' minutes', 300.0",
    "'interval ''5 minutes''', 300.0",
    "'''1 day''', 86400.0"
  })
  void timeoutIsSeconds(String timeout, double seconds) {
    Train train = Scripts.one("train t as a.m using timeout " + timeout, Train.class);
    assertThat(train.using().flatMap(Train.Resources::timeout)).contains(seconds);
  }

  @Test
  void saveHasItsModeAndPartitions() {
    Save save =
        Scripts.one("save append t as parquet.`o` where a = 1 partition by x, `y z`", Save.class);
    assertThat(save.mode()).isEqualTo(Save.Mode.APPEND);
    assertThat(save.partitionBy()).extracting(Name::text).containsExactly("x", "y z");
    assertThat(Scripts.one("save t as csv.`o`", Save.class).mode())
        .isEqualTo(Save.Mode.ERRORIFEXISTS);
  }

  @Test
  void serveTakesVersionAndArguments() {
    Serve serve = Scripts.one("serve a.b@prod as api with (replicas => 2)", Serve.class);
    assertThat(serve.model().model().text()).isEqualTo("a.b");
    assertThat(serve.model().version().map(Name::text)).contains("prod");
    assertThat(serve.options())
        .extracting(StatementTest::summary)
        .containsExactly("replicas=Whole 2");
  }

  @Test
  void settingsLoseTheirPrefix() {
    SetOption set = Scripts.one("set weft.ml.actors = 2", SetOption.class);
    assertThat(set.key().text()).isEqualTo("ml.actors");
  }

  @ParameterizedTest
  @CsvSource({
    "explain select 1, PLAN, Query",
    "explain plan select 1, PLAN, Query",
    "explain spark select 1, SPARK, Query",
    "explain analyze select 1, ANALYZE, Query",
    "explain lineage select 1, LINEAGE, Query",
    "explain formatted select 1, FORMATTED, Query",
    "explain train t as a.m label y, PLAN, Train",
    "explain show tables, PLAN, SparkStatement",
  })
  void explainHasModeAndStatement(String text, Explain.Mode mode, String inner) {
    Explain explain = Scripts.one(text, Explain.class);
    assertThat(explain.mode()).isEqualTo(mode);
    assertThat(explain.statement().getClass().getSimpleName()).isEqualTo(inner);
    assertThat(explain.span().text()).isEqualTo(text);
  }

  @Test
  void laterStatementsSayWhatTheyAre() {
    assertThat(Scripts.one("monitor m", NotYet.class).what()).isEqualTo("MONITOR");
    assertThat(Scripts.one("tune t", NotYet.class).what()).isEqualTo("TUNE");
  }

  @Test
  void spansLeaveOutSemicolonsAndComments() {
    assertThat(Scripts.parse("-- first\n select 1 ; /* second */ insert into t values ('--;') ;;"))
        .extracting(statement -> statement.span().text())
        .containsExactly("select 1", "insert into t values ('--;')");
  }

  @Test
  void everyKindOfStatementHasATextHere() {
    Set<String> kinds =
        Arrays.stream(Statement.class.getPermittedSubclasses())
            .map(Class::getSimpleName)
            .collect(Collectors.toSet());
    assertThat(
            Scripts.parse(EVERY_KIND).stream()
                .map(statement -> statement.getClass().getSimpleName())
                .collect(Collectors.toSet()))
        .isEqualTo(kinds);
  }

  private static String summary(Option option) {
    return option.key().text() + "=" + summary(option.value());
  }

  private static String summary(Literal literal) {
    String kind = literal.getClass().getSimpleName();
    if (literal instanceof Literal.Text text) {
      return kind + " " + text.value();
    }
    if (literal instanceof Literal.Word word) {
      return kind + " " + word.value();
    }
    if (literal instanceof Literal.Whole whole) {
      return kind + " " + whole.value();
    }
    if (literal instanceof Literal.Fraction fraction) {
      return kind + " " + fraction.value();
    }
    if (literal instanceof Literal.Truth truth) {
      return kind + " " + truth.value();
    }
    return literal instanceof Literal.Many many ? kind + " " + many.values().size() : kind;
  }
}
