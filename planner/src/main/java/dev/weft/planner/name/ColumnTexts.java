package dev.weft.planner.name;

import dev.weft.grammar.Places;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.grammar.antlr.WeftParser.ExpressionContext;
import dev.weft.grammar.antlr.WeftParser.NamedWindowContext;
import dev.weft.grammar.antlr.WeftParser.OverContext;
import dev.weft.grammar.antlr.WeftParser.SelectContext;
import dev.weft.grammar.antlr.WeftParser.SelectItemContext;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;

/** The text of a SELECT item from which its column is named: windows by name are written out. */
public final class ColumnTexts {

  private ColumnTexts() {}

  /** The windows that the SELECT of an item names. */
  public static List<NamedWindowContext> windows(SelectItemContext item) {
    return item.getParent() instanceof SelectContext select ? select.namedWindow() : List.of();
  }

  public static String of(ExpressionContext tree, List<NamedWindowContext> windows, Source source) {
    Span span = Places.of(source, tree);
    if (windows.isEmpty()) {
      return span.text();
    }
    StringBuilder out = new StringBuilder();
    int copied = write(tree, windows, source, span.start(), out);
    return out.append(source.text(), copied, span.end()).toString();
  }

  private static int write(
      ParseTree tree,
      List<NamedWindowContext> windows,
      Source source,
      int from,
      StringBuilder out) {
    int copied = from;
    if (tree instanceof OverContext over) {
      ParserRuleContext name = name(over);
      for (NamedWindowContext window : windows) {
        if (name != null && NameText.of(name).equalsIgnoreCase(NameText.of(window.name()))) {
          Span place = Places.of(source, over);
          out.append(source.text(), copied, place.start()).append("OVER ");
          out.append(Places.of(source, window.windowSpec()).text());
          return place.end();
        }
      }
    }
    for (int i = 0; i < tree.getChildCount(); i++) {
      copied = write(tree.getChild(i), windows, source, copied, out);
    }
    return copied;
  }

  /** The window that is meant by its name alone. */
  private static @Nullable ParserRuleContext name(OverContext tree) {
    if (tree.windowName != null) {
      return tree.windowName;
    }
    boolean bare = tree.windowSpec().base != null && tree.windowSpec().getChildCount() == 3;
    return bare ? tree.windowSpec().base : null;
  }
}
