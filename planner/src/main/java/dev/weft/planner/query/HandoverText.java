package dev.weft.planner.query;

import dev.weft.grammar.Places;
import dev.weft.grammar.Quotes;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.grammar.antlr.WeftParser.ExpressionContext;
import dev.weft.grammar.antlr.WeftParser.NamedQueryContext;
import dev.weft.grammar.antlr.WeftParser.QueryContext;
import dev.weft.planner.name.IdentifierClauses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.ParserRuleContext;
import org.apache.calcite.rel.RelNode;

/**
 * The text that Spark would get instead of a plan: stretches of the script with some text of ours
 * between.
 *
 * @param span the stretch of the script that errors point to
 * @param tables relations that only this text names
 */
record HandoverText(
    Source source, QueryScope scope, Span span, List<Piece> pieces, Map<String, RelNode> tables) {

  private static final String INPUT = "__weft_input";

  /** Most texts have no clause to look for in their trees. */
  private static final Pattern CLAUSE = Pattern.compile("(?i)identifier");

  /** Looks up the names that the script gives as text. */
  HandoverText {
    for (Piece piece : pieces) {
      if (piece instanceof Stretch stretch) {
        Span place = Places.of(source, stretch.tree());
        if (CLAUSE.matcher(source.text()).region(place.start(), place.end()).find()) {
          IdentifierClauses.resolve(
              stretch.tree(), source, scope.parameters(), scope::constantText);
        }
      }
    }
  }

  /** A query, under the WITH items around it. */
  static HandoverText query(
      QueryContext tree, List<NamedQueryContext> with, Source source, QueryScope scope) {
    List<Piece> pieces = new ArrayList<>();
    if (with.isEmpty()) {
      pieces.add(new Stretch(tree));
    } else {
      with(with, pieces);
      pieces.add(new Own(" SELECT * FROM ("));
      pieces.add(new Stretch(tree));
      pieces.add(new Own(")"));
    }
    return new HandoverText(source, scope, Places.of(source, tree), pieces, Map.of());
  }

  /** All rows of a table that may be a WITH item. */
  static HandoverText table(
      ParserRuleContext name, List<NamedQueryContext> with, Source source, QueryScope scope) {
    List<Piece> pieces = new ArrayList<>();
    with(with, pieces);
    pieces.add(new Own(" SELECT * FROM "));
    pieces.add(new Stretch(name));
    return new HandoverText(source, scope, Places.of(source, name), pieces, Map.of());
  }

  /** The rows of a WITH item that reads itself. */
  static HandoverText recursive(
      NamedQueryContext item, List<NamedQueryContext> before, Source source, QueryScope scope) {
    List<Piece> pieces = new ArrayList<>();
    pieces.add(new Own("WITH RECURSIVE "));
    for (NamedQueryContext each : before) {
      pieces.add(new Stretch(each));
      pieces.add(new Own(", "));
    }
    pieces.add(new Stretch(item));
    pieces.add(new Own(" SELECT * FROM "));
    pieces.add(new Stretch(item.name()));
    return new HandoverText(source, scope, Places.of(source, item), pieces, Map.of());
  }

  /** All columns of a relation, then expressions over it. */
  static HandoverText projection(
      List<QueryPlanner.Named> items, RelNode input, Source source, QueryScope scope) {
    List<Piece> pieces = new ArrayList<>();
    for (QueryPlanner.Named item : items) {
      pieces.add(new Own(pieces.isEmpty() ? "SELECT *, " : ", "));
      pieces.add(new Stretch(item.tree()));
      pieces.add(new Own(" AS " + Quotes.quoted(item.name())));
    }
    pieces.add(new Own(" FROM " + INPUT));
    Span span = Places.of(source, items.get(0).tree());
    return new HandoverText(source, scope, span, pieces, Map.of(INPUT, input));
  }

  /** One expression. */
  static HandoverText value(ExpressionContext tree, String name, Source source, QueryScope scope) {
    List<Piece> pieces =
        List.of(new Own("SELECT "), new Stretch(tree), new Own(" AS `" + name + "`"));
    return new HandoverText(source, scope, Places.of(source, tree), pieces, Map.of());
  }

  private static void with(List<NamedQueryContext> with, List<Piece> pieces) {
    for (NamedQueryContext item : with) {
      pieces.add(new Own(pieces.isEmpty() ? "WITH " : ", "));
      pieces.add(new Stretch(item));
    }
  }

  /** A part of the text. */
  sealed interface Piece {}

  /** Text of ours. */
  record Own(String text) implements Piece {}

  /** Text of the script. */
  record Stretch(ParserRuleContext tree) implements Piece {}
}
