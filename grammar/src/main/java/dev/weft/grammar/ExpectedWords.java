package dev.weft.grammar;

import static java.util.Map.entry;

import dev.weft.grammar.antlr.WeftLexer;
import dev.weft.grammar.antlr.WeftParser;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** The words for what the grammar asks for. */
final class ExpectedWords {

  private static final int MOST = 4;

  private static final Map<Integer, String> RULES =
      Map.ofEntries(
          entry(WeftParser.RULE_expression, "an expression"),
          entry(WeftParser.RULE_comparison, "an expression"),
          entry(WeftParser.RULE_value, "an expression"),
          entry(WeftParser.RULE_primary, "an expression"),
          entry(WeftParser.RULE_callArgument, "an expression"),
          entry(WeftParser.RULE_sortItem, "an expression"),
          entry(WeftParser.RULE_groupItem, "an expression"),
          entry(WeftParser.RULE_queryBody, "a query"),
          entry(WeftParser.RULE_setQuantifier, ""),
          entry(WeftParser.RULE_hint, ""),
          entry(WeftParser.RULE_item, "an expression"),
          entry(WeftParser.RULE_labelItem, "a column or (expression AS name)"),
          entry(WeftParser.RULE_selectItem, "an expression"),
          entry(WeftParser.RULE_relation, "a table"),
          entry(WeftParser.RULE_relationPrimary, "a table"),
          entry(WeftParser.RULE_relationArgument, "a table or a query in brackets"),
          entry(WeftParser.RULE_tableArgument, "TABLE name or a query in brackets"),
          entry(WeftParser.RULE_query, "a query"),
          entry(WeftParser.RULE_queryPrimary, "a query"),
          entry(WeftParser.RULE_name, "a name"),
          entry(WeftParser.RULE_qualifiedName, "a name"),
          entry(WeftParser.RULE_aliasName, "a name"),
          entry(WeftParser.RULE_modelName, "a model's name"),
          entry(WeftParser.RULE_modelReference, "a model's name"),
          entry(WeftParser.RULE_modelVersion, "a version number or an alias"),
          entry(WeftParser.RULE_source, "a path in back quotes"),
          entry(WeftParser.RULE_dataType, "a type"),
          entry(WeftParser.RULE_literal, "a literal"),
          entry(WeftParser.RULE_textValue, "a string"),
          entry(WeftParser.RULE_defaultValue, "a literal"),
          entry(WeftParser.RULE_parameter, ""),
          entry(WeftParser.RULE_number, "a number"),
          entry(WeftParser.RULE_string, "a string"),
          entry(WeftParser.RULE_optionValue, "a literal"),
          entry(WeftParser.RULE_option, "option = value"),
          entry(WeftParser.RULE_optionKey, "an option's name"),
          entry(WeftParser.RULE_arguments, "(option => value, …)"),
          entry(WeftParser.RULE_argument, "option => value"),
          entry(WeftParser.RULE_columnDefinition, "a column and its type"),
          entry(WeftParser.RULE_columnNames, "columns in brackets"),
          entry(WeftParser.RULE_windowSpec, "a window in brackets"),
          entry(WeftParser.RULE_interval, "an interval"),
          entry(WeftParser.RULE_resource, "GPU, WORKERS or TIMEOUT"));

  /** Words for a rule where a certain other rule asks for it. */
  private static final Map<List<Integer>, String> CALLS =
      Map.of(
          List.of(WeftParser.RULE_train, WeftParser.RULE_name), "algorithm.model",
          List.of(WeftParser.RULE_predictStatement, WeftParser.RULE_name), "algorithm.`model`",
          List.of(WeftParser.RULE_load, WeftParser.RULE_name), "format.`path`",
          List.of(WeftParser.RULE_trainClause, WeftParser.RULE_literal), "a number, such as 0.2",
          List.of(WeftParser.RULE_setOption, WeftParser.RULE_qualifiedName), "a setting's name");

  /** Words for a token where a certain rule asks for it; none where it may be left out anyway. */
  private static final Map<List<Integer>, String> TOKENS =
      Map.ofEntries(
          entry(List.of(WeftParser.RULE_load, WeftLexer.DOT), "'.' and a path in back quotes"),
          entry(List.of(WeftParser.RULE_save, WeftLexer.DOT), "'.' and a path in back quotes"),
          entry(List.of(WeftParser.RULE_save, WeftLexer.AS), "AS format.`path`"),
          entry(List.of(WeftParser.RULE_train, WeftLexer.AS), "AS algorithm.model"),
          entry(List.of(WeftParser.RULE_train, WeftLexer.DOT), "'.' and the model's name"),
          entry(List.of(WeftParser.RULE_serve, WeftLexer.AS), "AS and the endpoint's name"),
          entry(List.of(WeftParser.RULE_option, WeftLexer.EQUAL), "'=' and a value"),
          entry(List.of(WeftParser.RULE_setOption, WeftLexer.EQUAL), "'=' and a value"),
          entry(List.of(WeftParser.RULE_primary, WeftLexer.AS), "AS and a type"),
          entry(List.of(WeftParser.RULE_scriptTransform, WeftLexer.TRANSFORM), ""),
          entry(List.of(WeftParser.RULE_relation, WeftLexer.LATERAL), ""),
          entry(List.of(WeftParser.RULE_joinStep, WeftLexer.LATERAL), ""),
          entry(List.of(WeftParser.RULE_orderAndLimit, WeftLexer.ALL), ""),
          entry(List.of(WeftParser.RULE_optionKey, WeftLexer.DOT), ""));

  /** Tokens that can nearly always follow; named only when nothing else is expected. */
  private static final Set<Integer> OPERATORS =
      Set.of(
          WeftLexer.PLUS,
          WeftLexer.MINUS,
          WeftLexer.STAR,
          WeftLexer.SLASH,
          WeftLexer.PERCENT,
          WeftLexer.DIV,
          WeftLexer.CONCAT,
          WeftLexer.PIPE,
          WeftLexer.HAT,
          WeftLexer.AMPERSAND,
          WeftLexer.SHIFT_LEFT,
          WeftLexer.SHIFT_RIGHT,
          WeftLexer.SHIFT_RIGHT_UNSIGNED,
          WeftLexer.DOUBLE_COLON,
          WeftLexer.LEFT_BRACKET,
          WeftLexer.COLLATE);

  private ExpectedWords() {}

  static @Nullable String ofRule(int rule, int caller) {
    String words = CALLS.get(List.of(caller, rule));
    return words == null ? RULES.get(rule) : words;
  }

  static String ofToken(int type, int rule) {
    String words = TOKENS.get(List.of(rule, type));
    if (words != null) {
      return words;
    }
    if (type == Token.EOF) {
      return "';'";
    }
    if (OPERATORS.contains(type)) {
      return "an operator";
    }
    return switch (type) {
      case WeftLexer.AS -> "AS and a name";
      case WeftLexer.BANG -> "NOT";
      case WeftLexer.EQUAL -> "'='";
      case WeftLexer.NOT_EQUAL -> "'<>'";
      case WeftLexer.LESS_EQUAL -> "'<='";
      case WeftLexer.GREATER_EQUAL -> "'>='";
      case WeftLexer.BACKQUOTED -> "a name in back quotes";
      case WeftLexer.IDENTIFIER -> "a name";
      case WeftLexer.INTEGER_VALUE -> "a whole number";
      case WeftLexer.UNIT -> "a unit of time";
      case WeftLexer.STRING, WeftLexer.DOUBLE_QUOTED -> "a string";
      default -> Keywords.isKeyword(type) ? Keywords.text(type) : symbol(type);
    };
  }

  /** A list for people: {@code a, b or c}; what is many is cut. */
  static String join(List<String> expected) {
    List<String> words = expected;
    if (words.size() > 1) {
      words = words.stream().filter(word -> !word.equals("an operator")).toList();
    }
    words = words.size() > MOST ? words.subList(0, MOST) : words;
    int last = words.size() - 1;
    return last < 1
        ? String.join("", words)
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  private static String symbol(int type) {
    String literal = WeftLexer.VOCABULARY.getLiteralName(type);
    return literal == null ? "something else" : literal;
  }
}
