package dev.weft.grammar.format;

import dev.weft.grammar.antlr.WeftParser;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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

  /** In the order of the text. */
  private final List<TerminalNode> all = new ArrayList<>();

  /** Where the words stand that mean something to Spark only. */
  private final BitSet sparks = new BitSet();

  /** Reads the words of a tree in order. */
  public Words(ParseTree tree, Comments comments, IntPredicate isKeyword) {
    this.comments = comments;
    this.isKeyword = isKeyword;
    collect(tree, false);
  }

  /** The words of a tree, and which of them mean something to Spark only. */
  private void collect(ParseTree tree, boolean inside) {
    if (tree instanceof TerminalNode word) {
      all.add(word);
      if (inside) {
        sparks.set(at(word));
      }
    }
    boolean below = Spacing.isSparks(tree) || inside && !(tree instanceof WeftParser.QueryContext);
    for (int i = 0; i < tree.getChildCount(); i++) {
      collect(tree.getChild(i), below);
    }
  }

  /** A word as it is to be written; the comments before the first one are not its own. */
  public Word of(TerminalNode node) {
    Token token = node.getSymbol();
    int index = Collections.binarySearch(all, node, Comparator.comparingInt(Words::at));
    TerminalNode before = index < 1 ? null : all.get(index - 1);
    return new Word(
        before == null ? List.of() : comments.before(token),
        text(node),
        before == null || isApart(before, node),
        comments.after(token));
  }

  private boolean isApart(TerminalNode before, TerminalNode node) {
    boolean blank = comments.blank(node.getSymbol());
    boolean kept = sparks.get(at(before)) && sparks.get(at(node));
    return kept ? blank : Spacing.between(before, node, blank);
  }

  private static int at(TerminalNode node) {
    return node.getSymbol().getStartIndex();
  }

  private String text(TerminalNode node) {
    String text = node.getText();
    boolean name =
        node.getParent() instanceof WeftParser.KeywordContext
            || node.getParent() instanceof WeftParser.AliasKeywordContext
            || node.getParent() instanceof WeftParser.SparkKeywordContext
            || node.getParent() instanceof WeftParser.FunctionNameContext
            || sparks.get(at(node));
    return isKeyword.test(node.getSymbol().getType()) && !name
        ? text.toLowerCase(Locale.ROOT)
        : text;
  }
}
