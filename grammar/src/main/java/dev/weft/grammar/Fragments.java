package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Reads parts of a statement that the grammar keeps as mere words, such as the steps of a pipe. */
public final class Fragments {

  private Fragments() {}

  /** The tree of some words by one rule; empty where they are not all of it. */
  public static <T extends ParserRuleContext> Optional<T> parse(
      List<Token> words, Function<WeftParser, T> rule) {
    if (words.isEmpty()) {
      return Optional.empty();
    }
    List<Token> tokens = new ArrayList<>(words);
    CommonToken end = new CommonToken(words.get(words.size() - 1));
    end.setType(Token.EOF);
    end.setText("<EOF>");
    tokens.add(end);
    try {
      return TreeParser.parse(
          tokens,
          parser -> {
            T tree = rule.apply(parser);
            boolean all = parser.getInputStream().LA(1) == Token.EOF;
            return all ? Optional.of(tree) : Optional.empty();
          });
    } catch (SyntaxStop stop) {
      return Optional.empty();
    }
  }
}
