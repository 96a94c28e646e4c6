package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftLexer;
import dev.weft.grammar.antlr.WeftParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/** The tree of a statement as text: its rules and words, the case of keywords aside. */
final class Shape {

  private Shape() {}

  /** That of the one statement of a text; empty where the grammar has no rule for it. */
  static Optional<String> of(Source source) {
    List<String> all = all(source);
    return all.size() == 1 ? Optional.of(all.get(0)).filter(s -> !s.isEmpty()) : Optional.empty();
  }

  /** Those of all statements; an empty one where the grammar has no rule. */
  static List<String> all(Source source) {
    List<String> shapes = new ArrayList<>();
    for (List<Token> tokens : TokenText.of(source).statements()) {
      StringBuilder text = new StringBuilder();
      tree(tokens).ifPresent(tree -> write(tree, text));
      shapes.add(text.toString());
    }
    return shapes;
  }

  /** Adds the rules that a statement is made of. */
  static void rules(Source source, Set<String> rules) {
    for (List<Token> tokens : TokenText.of(source).statements()) {
      tree(tokens).ifPresent(tree -> rules(tree, rules));
    }
  }

  private static Optional<ParserRuleContext> tree(List<Token> tokens) {
    int at = 0;
    while (Opening.of(tokens, at) == Opening.EXPLAIN) {
      at += ScriptFormatter.isMode(tokens.get(at + 1)) ? 2 : 1;
    }
    return ScriptFormatter.tree(tokens.subList(at, tokens.size()));
  }

  private static void rules(ParseTree tree, Set<String> rules) {
    if (tree instanceof ParserRuleContext rule) {
      rules.add(WeftParser.ruleNames[rule.getRuleIndex()]);
    }
    for (int i = 0; i < tree.getChildCount(); i++) {
      rules(tree.getChild(i), rules);
    }
  }

  private static void write(ParseTree tree, StringBuilder text) {
    if (tree instanceof TerminalNode word) {
      int type = word.getSymbol().getType();
      boolean keyword =
          Keywords.isKeyword(type) || SparkWords.isKeyword(type) || type == WeftLexer.UNIT;
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
