package dev.weft.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxErrorTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "^selec^ 1 | no statement begins with 'selec'; did you mean 'SELECT'?",
        "^trian^ t as a.m | no statement begins with 'trian'; did you mean 'TRAIN'?",
        "^)^ select 1 | no statement begins with ')'",
        "select a ^form^ t | 'form' cannot stand here; did you mean 'FROM'?",
        "select * ^form^ t where x = 1 | 'form' cannot stand here; did you mean 'FROM'?",
        "select a from t ^whre^ x = 1 | 'whre' cannot stand here; did you mean 'WHERE'?",
        "select a from t ^gruop^ by a | 'gruop' cannot stand here; did you mean 'GROUP'?",
        "select a from t order ^bt^ a | 'bt' cannot stand here; did you mean 'BY'?",
        "explain analyze ^selec^ 1 | no statement begins with 'selec'; did you mean 'SELECT'?",
        "select * from^^ | expected a table, but it ends here",
        "select * from ^where^ x = 1 | expected a table, not 'where'",
        "select ^from^ t | expected an expression, not 'from'",
        "select a, ^from^ t | expected an expression, not 'from'",
        "select a b ^c^ from t | expected ';', not 'c'",
        "select ^(^a + b | the bracket that opens here has no closing ')'",
        "select a + b^)^ from t | this ')' closes no bracket; remove it",
        "select cast(a ^int^) | expected ')', not 'int'",
        "select a in (^)^ | expected an expression or a query, not ')'",
        "select case when a then b^^ | expected END, but it ends here",
        "select a from t join^^ | expected a table, but it ends here",
        "select 1 +^^ | expected an expression, but it ends here",
        "with x as (select 1)^^ | expected a query, but it ends here",
        "select ^‘^abc’ | the character '‘' means nothing here; write straight quotes",
        "select ^€^ | the character '€' means nothing here",
        "select ^'^abc | the string that opens here has no closing '",
        "select ^\"^abc | the string that opens here has no closing \"",
        "select ^`^abc | the name that opens here has no closing back quote",
        "select 1 ^/^* abc | the comment that opens here has no closing */",
        "select 1 ^/^* a /* b */ c | the comment that opens here has no closing */",
        "python t as u ^'^''x = 1 | the code that opens here has no closing ''' or $$",
        "train t as a.m ^lable^ y | 'lable' cannot stand here; did you mean 'LABEL'?",
        "train t as a.m label y ^spilt^ 0.2 | 'spilt' cannot stand here; did you mean 'SPLIT'?",
        "train t as a ^label^ y | expected '.' and the model's name, not 'label'",
        "train t ^a^.m label y | expected AS algorithm.model, not 'a'",
        "train t as a.m label^^ | expected a column or (expression AS name), but it ends here",
        "train t as a.m label y where^^ | expected option = value, but it ends here",
        "train t as a.m label y where k^^ | expected '=' and a value, but it ends here",
        "train t as a.m label y split ^x^ | expected a number, such as 0.2, not 'x'",
        "train ^as^ a.m label y | expected a table or a query in brackets, not 'as'",
        "load csv.`x`^^ | expected AS and a name, but it ends here",
        "load csv ^as^ x | expected '.' and a path in back quotes, not 'as'",
        "load csv.`x` ^wher^ a = 1 as t | 'wher' cannot stand here; did you mean 'WHERE'?",
        "save t as csv^^ | expected '.' and a path in back quotes, but it ends here",
        "save ^overwite^ t as csv.`x` | 'overwite' cannot stand here; did you mean 'OVERWRITE'?",
        "save t ^to^ csv.`x` | expected AS format.`path`, not 'to'",
        "serve m^^ | expected AS and the endpoint's name, but it ends here",
        "serve m@ ^as^ x | expected a version number or an alias, not 'as'",
        "serve m as ^5^ | expected a name, not '5'",
        "unserve^^ | expected a name, but it ends here",
        "show ^modles^ | there is no SHOW 'modles'; did you mean 'MODELS'?",
        "show^^ | expected what to show, such as MODELS, but it ends here",
        "describe model^^ | expected a model's name, but it ends here",
        "set weft.x^^ | expected '=' and a value, but it ends here",
        "set weft.planner =^^ | expected a literal, but it ends here",
        "include ^foo^ | expected a string, not 'foo'",
        "assert^^ | expected an expression, but it ends here",
        "explain^^ | expected a statement to explain, but it ends here",
        "select * from predict(model m^)^ | expected ',', not ')'",
        "select * from predict(model m, ^t^) | expected TABLE name or a query in brackets, not 't'",
      })
  void namesPlaceAndWhatIsMissing(String marked, String message) {
    Scripts.fails(marked, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train t as a.m label y ^label z^ | TRAIN takes LABEL once; join the two or leave one out",
        "train t as a.m where k = 1 label y ^options (k => 2)^"
            + " | TRAIN takes WHERE or OPTIONS once; join the two or leave one out",
        "train t as a.m label ^y > 1^"
            + " | LABEL takes a column or (expression AS name); give it a name",
        "train t as a.m label y using gpu 1 ^gpu 2^ | USING takes GPU once; leave one out",
        "train t as a.m label y using ^timeout 'soon'^"
            + " | TIMEOUT takes a length of time, such as INTERVAL 10 MINUTES",
      })
  void clausesOfTrainAreChecked(String marked, String message) {
    Scripts.fails(marked, message);
  }

  @Test
  void missingSemicolonIsSaidBeforeTheSecondStatementAndBothAreRead() {
    String text = "select a from t\ntrain t as a.m label y\nsave t as csv.`x`;";
    List<Diagnostic> errors = Scripts.errors(text);
    assertThat(errors)
        .extracting(Diagnostic::toString)
        .containsExactly(
            "t.weft:2:1: error SYNTAX: a ';' is missing before 'train'",
            "t.weft:3:1: error SYNTAX: a ';' is missing before 'save'");
  }

  @Test
  void everyStatementReportsItsOwnError() {
    String text = "selec 1;\nselect 2;\nload csv.`a`;\n\nshow modles;";
    assertThat(Scripts.errors(text))
        .extracting(error -> error.span().place())
        .containsExactly("t.weft:1:1", "t.weft:3:13", "t.weft:5:6");
  }

  @Test
  void placesCountCharactersAlsoBeyondTheBasicPlane() {
    List<Diagnostic> errors = Scripts.errors("select '😀😀' form t where");
    assertThat(errors).hasSize(1);
    assertThat(errors.get(0).span().column()).isEqualTo(13);
  }

  @Test
  void nestingBeyondTheLimitIsAnErrorWithItsPlace() {
    String deep = "select " + "(".repeat(600) + "1" + ")".repeat(600);
    assertThat(Scripts.errors(deep))
        .extracting(Diagnostic::toString)
        .containsExactly(
            "t.weft:1:508: error NESTED_TOO_DEEPLY: the text nests deeper than 500 levels; split it"
                + " into several statements");
    assertThat(Scripts.errors("select " + "not ".repeat(100_000) + "true"))
        .extracting(Diagnostic::code)
        .containsExactly(ErrorCode.NESTED_TOO_DEEPLY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select # ( # 1 # )",
        "select # case when # true # then 1 end",
        "select * from # (select * from # t # )",
        "select # abs( # 1 # )",
        "select cast(null as # array< # int # >)",
        "select cast(null as # struct<a: # int # >)",
        "select f(x, # a -> # 1 # )",
        "select # transform(x, a -> # 1 # )",
        "select # a[ # 0 # ]",
        "select 1 where # exists (select 1 where # true # )",
        "# begin # select 1; # end; ",
        "# explain # select 1 # "
      })
  void everyKindOfNestingHasItsLimit(String shape) {
    String[] parts = shape.split("#");
    for (int depth : new int[] {700, 20_000}) {
      String text = parts[0] + parts[1].repeat(depth) + parts[2] + parts[3].repeat(depth);
      assertThat(Scripts.errors(text)).first().asString().contains("NESTED_TOO_DEEPLY");
    }
  }

  @Test
  void nestingWithinTheLimitIsRead() {
    assertThat(Scripts.parse("select " + "(".repeat(499) + "1" + ")".repeat(499))).hasSize(1);
    assertThat(Scripts.parse("select " + "f(".repeat(499) + "1" + ")".repeat(499))).hasSize(1);
    assertThat(Scripts.parse("select " + "a or ".repeat(20_000) + "true")).hasSize(1);
  }

  @Test
  void tooLongATextIsRefusedUnread() {
    String text = "-- " + "x".repeat(ScriptParser.MAX_LENGTH);
    assertThat(Scripts.errors(text))
        .extracting(Diagnostic::code)
        .containsExactly(ErrorCode.TEXT_TOO_LONG);
  }
}
