package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser;
import dev.weft.grammar.antlr.WeftParser.ColumnContext;
import dev.weft.grammar.antlr.WeftParser.FromClauseContext;
import dev.weft.grammar.antlr.WeftParser.GroupClauseContext;
import dev.weft.grammar.antlr.WeftParser.NamedQueryContext;
import dev.weft.grammar.antlr.WeftParser.NumberLiteralContext;
import dev.weft.grammar.antlr.WeftParser.OrderAndLimitContext;
import dev.weft.grammar.antlr.WeftParser.PipeStepContext;
import dev.weft.grammar.antlr.WeftParser.SelectContext;
import dev.weft.grammar.antlr.WeftParser.SelectItemContext;
import dev.weft.grammar.antlr.WeftParser.SetOperationContext;
import dev.weft.planner.name.NameText;
import dev.weft.planner.spi.RelationalCatalog;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/**
 * Settings of Spark's that change what a text means. Planning reads texts as they are by default,
 * so with another value a query that the setting is about goes to Spark as it stands.
 */
final class TextSettings {

  private static final List<Setting> ALL =
      List.of(
          setting("ansi.doubleQuotedIdentifiers", "false", tree -> word(tree).startsWith("\"")),
          setting("ansi.enforceReservedKeywords", "false", tree -> true),
          setting("ansi.relationPrecedence", "false", TextSettings::joinsBehindComma),
          setting("caseSensitive", "false", tree -> true),
          setting("groupByAliases", "true", TextSettings::groupsByAlias),
          setting("groupByOrdinal", "true", TextSettings::groupsByNumber),
          setting("orderByOrdinal", "true", TextSettings::sortsByNumber),
          setting(
              "lateralColumnAlias.enableImplicitResolution",
              "true",
              TextSettings::readsEarlierItem),
          setting(
              "legacy.consecutiveStringLiterals.enabled",
              "false",
              tree -> word(tree).matches("(?s)'.*''.*'|\".*\"\".*\"")),
          setting("legacy.ctePrecedencePolicy", "CORRECTED", TextSettings::hidesWithItem),
          setting(
              "legacy.exponentLiteralAsDecimal.enabled",
              "false",
              tree -> word(tree).matches("[0-9.]+[eE][-+]?[0-9]+")),
          setting(
              "legacy.parser.havingWithoutGroupByAsWhere",
              "false",
              tree -> tree instanceof SelectContext s && s.havingClause() != null),
          setting("legacy.setopsPrecedence.enabled", "false", TextSettings::mixesSets),
          setting("parser.escapedStringLiterals", "false", tree -> word(tree).contains("\\")),
          setting("parser.quotedRegexColumnNames", "false", tree -> word(tree).startsWith("`")));

  private TextSettings() {}

  /** One that is not as planning takes it to be, where the text has what it is about. */
  static Optional<String> changed(RelationalCatalog catalog, HandoverText text) {
    return ALL.stream()
        .filter(each -> !each.isDefault(catalog) && isAbout(each, text))
        .map(each -> "the setting " + each.name)
        .findFirst();
  }

  private static Setting setting(String name, String value, Predicate<ParseTree> about) {
    return new Setting("spark.sql." + name, value, about);
  }

  private static boolean isAbout(Setting setting, HandoverText text) {
    return text.pieces().stream()
        .anyMatch(
            piece ->
                piece instanceof HandoverText.Stretch stretch
                    && holds(stretch.tree(), setting.about));
  }

  /** Whether a tree holds one of a kind; what stands in a pipe is any kind. */
  private static boolean holds(ParseTree tree, Predicate<ParseTree> kind) {
    if (tree instanceof PipeStepContext || kind.test(tree)) {
      return true;
    }
    for (int i = 0; i < tree.getChildCount(); i++) {
      if (holds(tree.getChild(i), kind)) {
        return true;
      }
    }
    return false;
  }

  private static String word(ParseTree tree) {
    return tree instanceof TerminalNode ? tree.getText() : "";
  }

  private static boolean joinsBehindComma(ParseTree tree) {
    return tree instanceof FromClauseContext from
        && from.relation().size() > 1
        && from.relation().stream().anyMatch(relation -> !relation.joinStep().isEmpty());
  }

  private static boolean groupsByAlias(ParseTree tree) {
    return tree instanceof SelectContext select
        && select.groupClause() != null
        && reads(select.groupClause(), aliases(select));
  }

  private static boolean groupsByNumber(ParseTree tree) {
    return tree instanceof GroupClauseContext
        && holds(tree, part -> part instanceof NumberLiteralContext);
  }

  private static boolean sortsByNumber(ParseTree tree) {
    return tree instanceof OrderAndLimitContext order
        && order.sortItem().stream()
            .anyMatch(item -> holds(item, part -> part instanceof NumberLiteralContext));
  }

  private static boolean readsEarlierItem(ParseTree tree) {
    return tree instanceof SelectContext select
        && select.selectItem().stream().anyMatch(item -> reads(item.expression(), aliases(select)));
  }

  private static Set<String> aliases(SelectContext select) {
    Set<String> names = new HashSet<>();
    for (SelectItemContext item : select.selectItem()) {
      if (item.alias != null) {
        names.add(NameText.of(item.alias).toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  private static boolean reads(ParseTree tree, Set<String> names) {
    return holds(
        tree,
        part ->
            part instanceof ColumnContext column
                && names.contains(NameText.of(column.name()).toLowerCase(Locale.ROOT)));
  }

  /** Whether a WITH item has the name of one around it. */
  private static boolean hidesWithItem(ParseTree tree) {
    if (!(tree instanceof NamedQueryContext item)) {
      return false;
    }
    String name = NameText.of(item.name());
    for (ParseTree around = item.getParent(); around != null; around = around.getParent()) {
      if (around instanceof WeftParser.QueryContext query
          && query.withClause() != null
          && query.withClause().namedQuery().stream()
              .anyMatch(
                  other -> other != item && name.equalsIgnoreCase(NameText.of(other.name())))) {
        return true;
      }
    }
    return false;
  }

  private static boolean mixesSets(ParseTree tree) {
    return tree instanceof SetOperationContext outer
        && (differs(outer, outer.left) || differs(outer, outer.right));
  }

  private static boolean differs(SetOperationContext outer, ParseTree side) {
    return side instanceof SetOperationContext inner
        && (outer.operator.getType() == WeftParser.INTERSECT)
            != (inner.operator.getType() == WeftParser.INTERSECT);
  }

  /**
   * A setting.
   *
   * @param about the parts of a text that it is about
   */
  private record Setting(String name, String value, Predicate<ParseTree> about) {

    boolean isDefault(RelationalCatalog catalog) {
      return catalog.setting(name, value).equalsIgnoreCase(value);
    }
  }
}
