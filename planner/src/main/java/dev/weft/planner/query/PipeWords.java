package dev.weft.planner.query;

import dev.weft.grammar.Fragments;
import dev.weft.grammar.antlr.WeftParser;
import dev.weft.grammar.antlr.WeftParser.PipeStepContext;
import dev.weft.planner.NotRepresentable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/** The words of one step of a pipe, read by the rules of ordinary clauses. */
record PipeWords(List<Token> tokens) {

  PipeWords {
    tokens = List.copyOf(tokens);
  }

  static PipeWords of(PipeStepContext tree) {
    List<Token> tokens = new ArrayList<>();
    tree.piped().forEach(part -> collect(part, tokens));
    return new PipeWords(tokens);
  }

  private static void collect(ParseTree tree, List<Token> tokens) {
    if (tree instanceof TerminalNode word) {
      tokens.add(word.getSymbol());
    }
    for (int i = 0; i < tree.getChildCount(); i++) {
      collect(tree.getChild(i), tokens);
    }
  }

  /** A word in capitals; empty behind the last one. */
  String word(int index) {
    return index < tokens.size() ? tokens.get(index).getText().toUpperCase(Locale.ROOT) : "";
  }

  PipeWords from(int index) {
    return new PipeWords(tokens.subList(Math.min(index, tokens.size()), tokens.size()));
  }

  PipeWords to(int index) {
    return new PipeWords(tokens.subList(0, index));
  }

  /** The same behind SELECT, which takes the place of the first word. */
  PipeWords asSelect() {
    List<Token> select = new ArrayList<>(tokens);
    CommonToken first = new CommonToken(tokens.get(0));
    first.setType(WeftParser.SELECT);
    select.set(0, first);
    return new PipeWords(select);
  }

  /** Where two words follow each other outside of brackets; the end where they do not. */
  int find(String first, String second) {
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      depth += depth(i);
      if (depth == 0 && word(i).equals(first) && word(i + 1).equals(second)) {
        return i;
      }
    }
    return tokens.size();
  }

  /** The parts between commas outside of brackets. */
  List<PipeWords> parts() {
    List<PipeWords> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < tokens.size(); i++) {
      depth += depth(i);
      if (depth == 0 && word(i).equals(",")) {
        parts.add(new PipeWords(tokens.subList(start, i)));
        start = i + 1;
      }
    }
    parts.add(new PipeWords(tokens.subList(start, tokens.size())));
    return parts;
  }

  private int depth(int index) {
    return switch (tokens.get(index).getText()) {
      case "(", "[" -> 1;
      case ")", "]" -> -1;
      default -> 0;
    };
  }

  <T extends ParserRuleContext> T read(Function<WeftParser, T> rule) {
    return Fragments.parse(tokens, rule)
        .orElseThrow(() -> new NotRepresentable("the pipe step " + word(0)));
  }
}
