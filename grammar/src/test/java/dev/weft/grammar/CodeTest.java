package dev.weft.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.grammar.ast.Code;
import dev.weft.grammar.ast.CreateFunction;
import dev.weft.grammar.ast.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Code between fences: its indentation, and its lines in the script. */
class CodeTest {

  @Test
  void commonIndentationGoesAndLinesStay() {
    Python python =
        (Python) Scripts.one("python t\n as u '''\n    if x:\n\n      u = t\n  # less\n  '''");
    Code code = python.code();
    assertThat(code.text()).isEqualTo("  if x:\n\n    u = t\n# less\n\n");
    assertThat(code.line()).isEqualTo(3);
    assertThat(code.place(5).text()).isEqualTo("u = t");
  }

  @Test
  void aBlockOnOneLineIsItself() {
    Code code = ((Python) Scripts.one("python t as u $$ u = '''x''' $$")).code();
    assertThat(code.text()).isEqualTo("u = '''x'''\n");
    assertThat(code.line()).isEqualTo(1);
    assertThat(code.place(1).text()).isEqualTo("$$ u = '''x''' $$");
  }

  @Test
  void linesBeyondTheTextAreItsLast() {
    Code code = ((Python) Scripts.one("python t as u '''u = t'''")).code();
    assertThat(code.place(99).text()).isEqualTo("python t as u '''u = t'''".substring(14));
  }

  @Test
  void everyClauseIsRead() {
    Python python =
        (Python)
            Scripts.one(
                "python db.t, b per partition as u schema (a int, b array<int>) where workers = 3"
                    + " setup '''import x''' '''u = t'''");
    assertThat(python.inputs()).extracting(name -> name.text()).containsExactly("db.t", "b");
    assertThat(python.per()).isEqualTo(Python.Per.PARTITION);
    assertThat(python.schema().orElseThrow().text()).isEqualTo("a int, b array<int>");
    assertThat(python.options()).hasSize(1);
    assertThat(python.setup().orElseThrow().text()).isEqualTo("import x\n");
  }

  @Test
  void functionsAreReadByTheirTokens() {
    CreateFunction function =
        (CreateFunction)
            Scripts.one(
                "create or replace temporary function db.f(a decimal(3,1), b map<string,int>)"
                    + " returns array<int> language python as '''def f(a, b): return a'''");
    assertThat(function.replace() && function.temporary()).isTrue();
    assertThat(function.name().text()).isEqualTo("db.f");
    assertThat(function.parameters().text()).isEqualTo("a decimal(3,1), b map<string,int>");
    assertThat(function.returns().text()).isEqualTo("array<int>");
    assertThat(function.table()).isFalse();
  }

  @Test
  void tableFunctionsHaveColumns() {
    CreateFunction function =
        (CreateFunction)
            Scripts.one(
                "create function f(a int) returns table (b int, c array<string>) language python as"
                    + " '''def f(a): return []'''");
    assertThat(function.table()).isTrue();
    assertThat(function.returns().text()).isEqualTo("b int, c array<string>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "create function (a int) returns int language python as '''x''' | expected the name",
        "create function f returns int language python as '''x''' | expected its parameters",
        "create function f(a int) language python as '''x''' | expected RETURNS",
        "create function f(a int) returns language python as '''x''' | expected the type",
        "create view f(a int) returns int language python as '''x''' | expected FUNCTION",
        "create function f(a int) returns int language python as '''x''' y | expected the end",
        "create function f(a int) returns table language python as '''x''' | expected its columns",
        "create function f(a int) returns table (b int language python as '''x''' | expected ')'",
      })
  void whatIsWrongWithAFunctionIsSaid(String text, String message) {
    assertThat(Scripts.errors(text))
        .first()
        .extracting(Diagnostic::message)
        .asString()
        .contains(message);
  }
}
