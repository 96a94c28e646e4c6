package dev.weft.grammar.format;

import dev.weft.grammar.antlr.WeftLexer;
import dev.weft.grammar.antlr.WeftParser;
import dev.weft.grammar.format.Doc.Break;
import dev.weft.grammar.format.Doc.Group;
import dev.weft.grammar.format.Doc.Leaf;
import dev.weft.grammar.format.Doc.Nest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Where the lines of a statement may break: before clauses, behind commas, inside brackets. */
public final class Layout {

  private final Function<TerminalNode, Word> words;

  /**
   * Lays statements out.
   *
   * @param words how each token is to be written
   */
  public Layout(Function<TerminalNode, Word> words) {
    this.words = words;
  }

  /** A whole statement, by rule statement or sparkStatement. */
  public Doc statement(ParserRuleContext tree) {
    ParserRuleContext inner = (ParserRuleContext) tree.getChild(0);
    if (tree instanceof WeftParser.SparkStatementContext) {
      return new SparkLayout(this).statement(inner);
    }
    return inner instanceof WeftParser.QueryStatementContext query
        ? queryStatement(query)
        : clauses(inner);
  }

  private Doc queryStatement(WeftParser.QueryStatementContext tree) {
    Clauses clauses = new Clauses();
    query(tree.query(), clauses);
    if (tree.result != null) {
      clauses.add(new Break());
      clauses.add(leaf(tree.AS()));
      clauses.add(doc(tree.result));
    }
    return clauses.group();
  }

  // ---------------------------------------------------------------- other statements

  /** A head, clauses further in, and a final AS of the statement's own on a line like the head. */
  private Doc clauses(ParserRuleContext tree) {
    List<Doc> parts = new ArrayList<>();
    List<Doc> further = new ArrayList<>();
    boolean named = endsWithName(tree);
    int last = tree.getChildCount();
    for (int i = 0; i < last; i++) {
      ParseTree child = tree.getChild(i);
      boolean name = named && i >= last - 2;
      if (name && i == last - 2) {
        flush(further, parts);
        parts.add(new Break());
      } else if (isClause(child) || isMessage(child)) {
        further.add(new Break());
      }
      (name || further.isEmpty() ? parts : further).add(doc(child));
    }
    flush(further, parts);
    return new Group(parts, false);
  }

  private static void flush(List<Doc> further, List<Doc> parts) {
    if (!further.isEmpty()) {
      parts.add(new Nest(further));
      further.clear();
    }
  }

  private static boolean endsWithName(ParserRuleContext tree) {
    int last = tree.getChildCount();
    return last > 4
        && tree.getChild(last - 1) instanceof WeftParser.NameContext
        && tree.getChild(last - 2) instanceof TerminalNode as
        && as.getSymbol().getType() == WeftLexer.AS
        && !(tree instanceof WeftParser.ServeContext);
  }

  private static boolean isClause(ParseTree child) {
    return child instanceof WeftParser.TrainClauseContext
        || child instanceof WeftParser.OptionClauseContext
        || child instanceof TerminalNode word && opensClause(word);
  }

  private static boolean opensClause(TerminalNode word) {
    int type = word.getSymbol().getType();
    return word.getParent() instanceof WeftParser.PythonContext
        ? type == WeftLexer.SCHEMA || type == WeftLexer.SETUP
        : type == WeftLexer.PARTITION;
  }

  private static boolean isMessage(ParseTree child) {
    return child.getParent() instanceof WeftParser.AssertionContext
        && child instanceof WeftParser.TextValueContext;
  }

  // ---------------------------------------------------------------- queries

  private Group query(WeftParser.QueryContext tree) {
    Clauses clauses = new Clauses();
    query(tree, clauses);
    return clauses.group();
  }

  /** The clauses of a query, to those of what it stands in. */
  void query(WeftParser.QueryContext tree, Clauses clauses) {
    for (ParseTree child : tree.children) {
      if (child instanceof WeftParser.WithClauseContext with) {
        with(with, clauses);
      } else if (child instanceof WeftParser.QueryBodyContext body) {
        body(body, clauses);
      } else if (child instanceof WeftParser.OrderAndLimitContext order) {
        orderAndLimit(order, clauses);
      } else {
        clauses.begin();
        clauses.add(doc(child));
      }
    }
  }

  void with(WeftParser.WithClauseContext tree, Clauses clauses) {
    clauses.begin();
    for (ParseTree child : tree.children) {
      if (child instanceof WeftParser.NamedQueryContext && child != tree.namedQuery(0)) {
        clauses.begin();
      }
      clauses.add(doc(child));
    }
  }

  private void body(WeftParser.QueryBodyContext tree, Clauses clauses) {
    if (tree instanceof WeftParser.SetOperationContext set) {
      body(set.left, clauses);
      clauses.begin();
      clauses.add(leaf((TerminalNode) set.getChild(1)));
      if (set.setQuantifier() != null) {
        clauses.add(doc(set.setQuantifier()));
      }
      body(set.right, clauses);
    } else {
      primary((ParserRuleContext) tree.getChild(0), clauses);
    }
  }

  private void primary(ParserRuleContext tree, Clauses clauses) {
    if (tree instanceof WeftParser.SelectQueryContext query) {
      select(query.select(), clauses);
    } else if (tree instanceof WeftParser.FromQueryContext from) {
      from.children.forEach(child -> clause(child, clauses));
    } else {
      clauses.begin();
      clauses.add(doc(tree));
    }
  }

  private void select(WeftParser.SelectContext tree, Clauses clauses) {
    List<Doc> items = new ArrayList<>();
    boolean windows = false;
    for (ParseTree child : tree.children) {
      boolean word = child instanceof TerminalNode;
      windows |= isWord(child, WeftLexer.WINDOW);
      if (word && items.isEmpty() && isWord(child, WeftLexer.SELECT)) {
        items.add(doc(child));
      } else if (child instanceof WeftParser.SelectItemContext) {
        items.add(new Nest(List.of(new Break(), doc(child))));
      } else if (!windows && isSelectHead(child)) {
        items.add(doc(child));
      } else {
        flushItems(items, clauses);
        clause(child, clauses);
      }
    }
    flushItems(items, clauses);
  }

  private static boolean isSelectHead(ParseTree child) {
    return child instanceof WeftParser.HintContext
        || child instanceof WeftParser.SetQuantifierContext
        || isWord(child, WeftLexer.COMMA);
  }

  private static void flushItems(List<Doc> items, Clauses clauses) {
    if (!items.isEmpty()) {
      clauses.begin();
      clauses.add(new Group(items, false));
      items.clear();
    }
  }

  private void clause(ParseTree tree, Clauses clauses) {
    if (tree instanceof WeftParser.FromClauseContext from) {
      from(from, clauses);
    } else if (tree instanceof WeftParser.NamedWindowContext || isWord(tree, WeftLexer.COMMA)) {
      clauses.add(doc(tree));
    } else {
      clauses.begin();
      clauses.add(doc(tree));
    }
  }

  private void from(WeftParser.FromClauseContext tree, Clauses clauses) {
    clauses.begin();
    for (ParseTree child : tree.children) {
      if (child instanceof WeftParser.RelationContext relation) {
        for (ParseTree part : relation.children) {
          if (part instanceof WeftParser.JoinStepContext) {
            clauses.begin();
          }
          clauses.add(doc(part));
        }
      } else {
        clauses.add(doc(child));
      }
    }
  }

  private void orderAndLimit(WeftParser.OrderAndLimitContext tree, Clauses clauses) {
    if (tree.children == null) {
      return;
    }
    List<Doc> items = new ArrayList<>();
    for (ParseTree child : tree.children) {
      boolean begins =
          isWord(child, WeftLexer.ORDER)
              || isWord(child, WeftLexer.WINDOW)
              || isWord(child, WeftLexer.LIMIT)
              || isWord(child, WeftLexer.OFFSET)
              || child instanceof WeftParser.DistributionContext;
      if (begins) {
        flushItems(items, clauses);
      }
      boolean sorts = child instanceof WeftParser.SortItemContext && child != tree.sortItem(0);
      items.add(sorts ? new Nest(List.of(new Break(), doc(child))) : doc(child));
    }
    flushItems(items, clauses);
  }

  // ---------------------------------------------------------------- parts

  /** Any part of a statement. */
  Doc doc(ParseTree tree) {
    if (tree instanceof TerminalNode word) {
      return leaf(word);
    }
    if (tree instanceof WeftParser.QueryContext query) {
      return query(query);
    }
    if (tree instanceof WeftParser.SearchedCaseContext
        || tree instanceof WeftParser.SimpleCaseContext) {
      return cases((ParserRuleContext) tree);
    }
    if (isChain(tree)) {
      List<Doc> parts = new ArrayList<>();
      chain((ParserRuleContext) tree, parts);
      return new Group(List.of(new Nest(parts)), false);
    }
    if (tree instanceof WeftParser.OptionClauseContext options && options.arguments() == null) {
      return options(options);
    }
    if (tree instanceof WeftParser.MergeActionContext action && !action.assignment().isEmpty()) {
      return new SparkLayout(this).action(action);
    }
    return brackets((ParserRuleContext) tree);
  }

  private Leaf leaf(TerminalNode word) {
    return new Leaf(words.apply(word));
  }

  private static boolean isChain(ParseTree tree) {
    return tree instanceof WeftParser.AndExpressionContext
        || tree instanceof WeftParser.OrExpressionContext
        || tree instanceof WeftParser.BinaryContext;
  }

  /** {@code a and b and c}, with a break before each operator. */
  private void chain(ParserRuleContext tree, List<Doc> parts) {
    ParseTree left = tree.getChild(0);
    if (left.getClass() == tree.getClass()) {
      chain((ParserRuleContext) left, parts);
    } else {
      parts.add(doc(left));
    }
    parts.add(new Break());
    parts.add(doc(tree.getChild(1)));
    parts.add(doc(tree.getChild(2)));
  }

  private Doc options(WeftParser.OptionClauseContext tree) {
    List<Doc> parts = new ArrayList<>();
    for (ParseTree child : tree.children) {
      if (isWord(child, WeftLexer.AND)) {
        parts.add(new Break());
      }
      parts.add(doc(child));
    }
    return new Group(List.of(new Nest(parts)), false);
  }

  private Doc cases(ParserRuleContext tree) {
    List<Doc> parts = new ArrayList<>();
    for (ParseTree child : tree.children) {
      if (isWord(child, WeftLexer.END)) {
        parts.add(new Break());
        parts.add(doc(child));
      } else if (child instanceof WeftParser.WhenBranchContext || isWord(child, WeftLexer.ELSE)) {
        parts.add(new Nest(List.of(new Break(), doc(child))));
      } else {
        parts.add(new Nest(List.of(doc(child))));
      }
    }
    return new Group(parts, false);
  }

  /** Anything else: what stands between brackets may go on lines of its own, one item each. */
  private Doc brackets(ParserRuleContext tree) {
    if (tree.children == null) {
      return new Nest(List.of());
    }
    List<Doc> parts = new ArrayList<>();
    List<Doc> inside = new ArrayList<>();
    int depth = 0;
    for (ParseTree child : tree.children) {
      if (depth > 0 && isWord(child, WeftLexer.RIGHT_PAREN) && --depth == 0) {
        close(inside, parts);
        parts.add(doc(child));
      } else if (depth > 0) {
        boolean begins = inside.isEmpty() || endsWithComma(inside) || isWindowPart(child);
        if (begins) {
          inside.add(new Break());
        }
        inside.add(doc(child));
      } else {
        parts.add(doc(child));
        depth += isWord(child, WeftLexer.LEFT_PAREN) ? 1 : 0;
      }
    }
    parts.addAll(inside);
    return parts.size() == 1 ? parts.get(0) : new Group(parts, false);
  }

  private static void close(List<Doc> inside, List<Doc> parts) {
    if (!inside.isEmpty()) {
      parts.add(new Nest(inside));
      parts.add(new Break());
      inside.clear();
    }
  }

  private static boolean endsWithComma(List<Doc> inside) {
    return inside.get(inside.size() - 1) instanceof Leaf leaf && leaf.word().text().equals(",");
  }

  private static boolean isWindowPart(ParseTree child) {
    return child.getParent() instanceof WeftParser.WindowSpecContext
        && (isWord(child, WeftLexer.ORDER)
            || isWord(child, WeftLexer.SORT)
            || isWord(child, WeftLexer.PARTITION)
            || isWord(child, WeftLexer.DISTRIBUTE)
            || child instanceof WeftParser.FrameContext);
  }

  static boolean isWord(ParseTree tree, int type) {
    return tree instanceof TerminalNode word && word.getSymbol().getType() == type;
  }
}
