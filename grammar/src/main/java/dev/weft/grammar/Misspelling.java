package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/**
 * A keyword written wrong, found by trying: the word near the error that, read as a keyword of
 * nearly the same letters, lets the statement be read further.
 */
record Misspelling(int index, String keyword) {

  private static final int MAX_TOKENS = 3_000;
  private static final int LOOK_BACK = 2;

  static Optional<Misspelling> in(List<Token> tokens, int error) {
    if (tokens.size() > MAX_TOKENS) {
      return Optional.empty();
    }
    Optional<Misspelling> best = Optional.empty();
    int furthest = error + 1;
    for (int i = error; i >= Math.max(1, error - LOOK_BACK); i--) {
      if (tokens.get(i).getType() != WeftLexer.IDENTIFIER) {
        continue;
      }
      for (int type : near(tokens.get(i).getText())) {
        int reached = reached(tokens, i, type);
        if (reached > furthest) {
          furthest = reached;
          best = Optional.of(new Misspelling(i, Keywords.text(type)));
        }
      }
    }
    return best;
  }

  /** Keywords of nearly the same letters, the nearest first. */
  private static List<Integer> near(String word) {
    List<Integer> types = new ArrayList<>();
    List<String> left = new ArrayList<>(Keywords.lexed());
    for (int i = 0; i < 4; i++) {
      Optional<String> nearest = Nearest.to(word.toUpperCase(Locale.ROOT), left);
      if (word.length() < 2 && i == 0 || nearest.isEmpty()) {
        return types;
      }
      left.remove(nearest.get());
      types.add(Keywords.type(nearest.get()));
    }
    return types;
  }

  /** How far the statement is read with a keyword at {@code index}. */
  private static int reached(List<Token> tokens, int index, int type) {
    List<Token> mended = new ArrayList<>(tokens);
    CommonToken keyword = new CommonToken(tokens.get(index));
    keyword.setType(type);
    mended.set(index, keyword);
    int failure = TreeParser.failure(mended);
    return failure < 0 ? Integer.MAX_VALUE : failure;
  }
}
