package dev.weft.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.grammar.ast.Statement;
import java.util.List;

/** Short ways to parse in tests, and to say with carets where an error has to be. */
final class Scripts {

  private Scripts() {}

  static List<Statement> parse(String text) {
    ParsedScript parsed = ScriptParser.parse(new Source("t.weft", text));
    assertThat(parsed.errors()).as(text).isEmpty();
    return parsed.script().statements();
  }

  static Statement one(String text) {
    List<Statement> statements = parse(text);
    assertThat(statements).as(text).hasSize(1);
    return statements.get(0);
  }

  static <T extends Statement> T one(String text, Class<T> kind) {
    Statement statement = one(text);
    assertThat(statement).as(text).isInstanceOf(kind);
    return kind.cast(statement);
  }

  static List<Diagnostic> errors(String text) {
    return ScriptParser.parse(new Source("t.weft", text)).errors();
  }

  /** Two carets enclose the place of the one error that the text without them has. */
  static void fails(String marked, String message) {
    int start = marked.indexOf('^');
    int end = marked.indexOf('^', start + 1) - 1;
    String text = marked.replace("^", "");
    List<Diagnostic> errors = errors(text);
    assertThat(errors).as(text).hasSize(1);
    Diagnostic error = errors.get(0);
    assertThat(error.message()).as(text).isEqualTo(message);
    assertThat(text.substring(error.span().start(), error.span().end()))
        .as(marked)
        .isEqualTo(text.substring(start, end));
    assertThat(error.span().start()).as(marked).isEqualTo(start);
  }
}
