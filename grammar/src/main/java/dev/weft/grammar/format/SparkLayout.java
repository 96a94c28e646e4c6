package dev.weft.grammar.format;

import dev.weft.grammar.antlr.WeftLexer;
import dev.weft.grammar.antlr.WeftParser;
import dev.weft.grammar.format.Doc.Break;
import dev.weft.grammar.format.Doc.Group;
import dev.weft.grammar.format.Doc.Nest;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;

/** Where the lines of Spark's own statements may break: those that write tables and views. */
final class SparkLayout {

  private final Layout layout;

  SparkLayout(Layout layout) {
    this.layout = layout;
  }

  Doc statement(ParserRuleContext tree) {
    return tree instanceof WeftParser.CreateContext || tree instanceof WeftParser.CacheContext
        ? definition(tree)
        : change(tree);
  }

  /** What is defined, how, and the query that it is: {@code create view v as select …}. */
  private Doc definition(ParserRuleContext tree) {
    Clauses clauses = new Clauses();
    List<Doc> head = new ArrayList<>();
    List<Doc> further = new ArrayList<>();
    List<Doc> as = new ArrayList<>();
    clauses.begin();
    for (ParseTree child : tree.children) {
      if (child instanceof WeftParser.CreateClauseContext) {
        further.add(new Break());
        further.add(layout.doc(child));
      } else if (Layout.isWord(child, WeftLexer.AS)) {
        as.add(layout.doc(child));
      } else if (child instanceof WeftParser.QueryContext query) {
        clauses.add(head(head, further, as));
        layout.query(query, clauses);
        return clauses.group();
      } else {
        head.add(layout.doc(child));
      }
    }
    return head(head, further, as);
  }

  private static Doc head(List<Doc> head, List<Doc> further, List<Doc> as) {
    List<Doc> parts = new ArrayList<>(head);
    if (!further.isEmpty()) {
      parts.add(new Nest(further));
    }
    if (!further.isEmpty() && !as.isEmpty()) {
      parts.add(new Break());
    }
    parts.addAll(as);
    return new Group(parts, false);
  }

  /** INSERT, UPDATE, DELETE and MERGE: each clause on a line, and the query's as its own. */
  private Doc change(ParserRuleContext tree) {
    Clauses clauses = new Clauses();
    boolean begun = false;
    List<Doc> assignments = new ArrayList<>();
    for (ParseTree child : tree.children) {
      boolean assigns = child instanceof WeftParser.AssignmentContext;
      if (child instanceof WeftParser.WithClauseContext with) {
        layout.with(with, clauses);
      } else if (child instanceof WeftParser.QueryContext query && !isSource(tree)) {
        layout.query(query, clauses);
      } else if (assigns || !assignments.isEmpty() && Layout.isWord(child, WeftLexer.COMMA)) {
        assignments.add(item(child));
      } else if (Layout.isWord(child, WeftLexer.SET)) {
        clauses.begin();
        assignments.add(layout.doc(child));
      } else {
        flush(assignments, clauses);
        if (!begun || begins(child)) {
          clauses.begin();
          begun = true;
        }
        clauses.add(layout.doc(child));
      }
    }
    flush(assignments, clauses);
    return clauses.group();
  }

  /** Whether a query is what MERGE reads, not the rows themselves. */
  private static boolean isSource(ParserRuleContext tree) {
    return tree instanceof WeftParser.MergeContext;
  }

  private static boolean begins(ParseTree child) {
    return Layout.isWord(child, WeftLexer.USING)
        || Layout.isWord(child, WeftLexer.ON)
        || child instanceof WeftParser.WhereClauseContext
        || child instanceof WeftParser.MergeClauseContext;
  }

  private static void flush(List<Doc> assignments, Clauses clauses) {
    if (!assignments.isEmpty()) {
      clauses.add(new Group(assignments, false));
      assignments.clear();
    }
  }

  /** An assignment of a list, or the comma behind it. */
  private Doc item(ParseTree child) {
    Doc doc = layout.doc(child);
    return child instanceof WeftParser.AssignmentContext
        ? new Nest(List.of(new Break(), doc))
        : doc;
  }

  /** {@code update set a = 1, b = 2} behind WHEN … THEN. */
  Doc action(WeftParser.MergeActionContext tree) {
    List<Doc> parts = new ArrayList<>();
    for (ParseTree child : tree.children) {
      parts.add(item(child));
    }
    return new Group(parts, false);
  }
}
