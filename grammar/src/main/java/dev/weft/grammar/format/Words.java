package dev.weft.grammar.format;

import dev.weft.grammar.antlr.WeftParser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/**
 * The words of one statement. Keywords are written small, as the scripts and texts of this project
 * have them; what is a name keeps its case, because it may become a column's.
 */
public final class Words {

  private final Comments comments;
  private final IntPredicate isKeyword;
  private final IdentityHashMap<TerminalNode, TerminalNode> previous = new IdentityHashMap<>();
  private final Set<TerminalNode> sparks = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Reads the words of a tree in order. */
  public Words(ParseTree tree, Comments comments, IntPredicate isKeyword) {
    this.comments = comments;
    this.isKeyword = isKeyword;
    List<TerminalNode> all = new ArrayList<>();
    collect(tree, false, all);
    for (int i = 1; i < all.size(); i++) {
      previous.put(all.get(i), all.get(i - 1));
    }
  }

  /** The words of a tree, and which of them mean something to Spark only. */
  private void collect(ParseTree tree, boolean inside, List<TerminalNode> all) {
    if (tree instanceof TerminalNode word) {
      all.add(word);
      if (inside) {
        sparks.add(word);
      }
    }
    boolean below = Spacing.isSparks(tree) || inside && !(tree instanceof WeftParser.QueryContext);
    for (int i = 0; i < tree.getChildCount(); i++) {
      collect(tree.getChild(i), below, all);
    }
  }

  /** A word as it is to be written; the comments before the first one are not its own. */
  public Word of(TerminalNode node) {
    Token token = node.getSymbol();
    TerminalNode before = previous.get(node);
    return new Word(
        before == null ? List.of() : comments.before(token),
        text(node),
        before == null || isApart(before, node),
        comments.after(token));
  }

  private boolean isApart(TerminalNode before, TerminalNode node) {
    boolean blank = comments.blank(node.getSymbol());
    boolean kept = sparks.contains(before) && sparks.contains(node);
    return kept ? blank : Spacing.between(before, node, blank);
  }

  private String text(TerminalNode node) {
    String text = node.getText();
    boolean name =
        node.getParent() instanceof WeftParser.KeywordContext
            || node.getParent() instanceof WeftParser.AliasKeywordContext
            || node.getParent() instanceof WeftParser.FunctionNameContext
            || sparks.contains(node);
    return isKeyword.test(node.getSymbol().getType()) && !name
        ? text.toLowerCase(Locale.ROOT)
        : text;
  }
}
