package dev.weft.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.grammar.antlr.WeftLexer;
import dev.weft.grammar.antlr.WeftParser;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.junit.jupiter.api.Test;

/** Reading what was written gives what was read: over statements made from the grammar itself. */
class FormattedStatementsTest {

  private static final int COUNT = Boolean.getBoolean("weft.full") ? 10_000 : 500;

  @Test
  void formattingKeepsTheTreeOfGeneratedStatements() {
    GeneratedStatements statements = new GeneratedStatements(7);
    int read = 0;
    for (long tried = 0; read < COUNT && tried < 40L * COUNT; tried++) {
      String text = statements.next();
      Source source = new Source("generated", text);
      if (text.isBlank()
          || tree(source) == null
          || !ScriptParser.parse(source).errors().isEmpty()) {
        continue;
      }
      read++;
      ScriptFormatter.Formatted once = ScriptFormatter.whole(source);
      assertThat(once.kept()).as("laid out: %s", text).isZero();
      assertThat(tree(new Source("formatted", once.text()))).as(text).isEqualTo(tree(source));
      String twice = ScriptFormatter.format(new Source("formatted", once.text()));
      assertThat(twice).as("again: %s", text).isEqualTo(once.text());
    }
    assertThat(read).isEqualTo(COUNT);
  }

  /** The shape and words of the tree; null for what is no statement of the grammar's own. */
  private static @org.jspecify.annotations.Nullable String tree(Source source) {
    try {
      List<List<Token>> found = TokenText.of(source).statements();
      if (found.size() != 1 || Opening.of(found.get(0), 0) == Opening.SPARK) {
        return null;
      }
      StringBuilder text = new StringBuilder();
      write(TreeParser.parse(found.get(0), WeftParser::singleStatement), text);
      return text.toString();
    } catch (SyntaxStop | WeftException unread) {
      return null;
    }
  }

  private static void write(ParseTree tree, StringBuilder text) {
    if (tree instanceof TerminalNode word) {
      int type = word.getSymbol().getType();
      boolean keyword = Keywords.isKeyword(type) || type == WeftLexer.UNIT;
      text.append(keyword ? word.getText().toLowerCase(Locale.ROOT) : word.getText()).append(' ');
    } else {
      text.append(tree.getClass().getSimpleName().replace("Context", "")).append('(');
      for (int i = 0; i < tree.getChildCount(); i++) {
        write(tree.getChild(i), text);
      }
      text.append(')');
    }
  }
}
