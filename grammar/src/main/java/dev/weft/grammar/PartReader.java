package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftParser;
import dev.weft.grammar.ast.Code;
import dev.weft.grammar.ast.Item;
import dev.weft.grammar.ast.Literal;
import dev.weft.grammar.ast.ModelReference;
import dev.weft.grammar.ast.Name;
import dev.weft.grammar.ast.Option;
import dev.weft.grammar.ast.Relation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Reads the parts that statements share: names, literals, options, relations. */
final class PartReader {

  private final Source source;
  private final ByzerSpellings byzer;

  PartReader(Source source) {
    this.source = source;
    this.byzer = new ByzerSpellings(source, this);
  }

  /** The name that AS gives a result. */
  Optional<Name> result(List<WeftParser.NameContext> names) {
    return byzer.result(names);
  }

  Span span(ParserRuleContext tree) {
    return Places.of(source, tree);
  }

  Span span(Token token) {
    return Places.of(source, token);
  }

  /** A name of one or of dotted parts, without back quotes. */
  Name name(ParserRuleContext tree) {
    String text =
        tree instanceof WeftParser.NameContext
            ? Quotes.name(tree.getText())
            : tree.children.stream()
                .map(part -> part instanceof RuleContext rule ? rule.getText() : part.getText())
                .map(Quotes::name)
                .collect(Collectors.joining());
    if (Quotes.isIdentifierClause(text)) {
      throw ErrorCode.INVALID_CLAUSE.failure(
          span(tree), "IDENTIFIER takes a text in quotes here; only queries compute names");
    }
    return new Name(span(tree), text);
  }

  Optional<Name> optionalName(@Nullable ParserRuleContext tree) {
    return tree == null ? Optional.empty() : Optional.of(name(tree));
  }

  List<Name> names(List<WeftParser.NameContext> trees) {
    return trees.stream().map(this::name).toList();
  }

  String string(WeftParser.StringContext tree) {
    return Quotes.string(tree.getText());
  }

  /** Where files are: a name in back quotes or without, or a parameter. */
  Literal path(WeftParser.SourceContext tree) {
    return tree.parameter() == null
        ? new Literal.Text(span(tree), name(tree).text())
        : parameter(tree.parameter());
  }

  Literal text(WeftParser.TextValueContext tree) {
    return tree.parameter() == null
        ? new Literal.Text(span(tree), string(tree.string()))
        : parameter(tree.parameter());
  }

  Literal parameter(WeftParser.ParameterContext tree) {
    return new Literal.Parameter(span(tree), name(tree.name()).text());
  }

  ModelReference model(WeftParser.ModelReferenceContext tree) {
    return new ModelReference(span(tree), name(tree.modelName()), optionalName(tree.version));
  }

  Relation relation(WeftParser.RelationArgumentContext tree) {
    return tree.query() == null
        ? new Relation.Table(name(tree.qualifiedName()))
        : new Relation.Subquery(span(tree), tree.query());
  }

  /** The user's code of a block. */
  Code code(Token block) {
    return CodeReader.read(source, block);
  }

  /** What stands between the brackets around columns. */
  Span inBrackets(WeftParser.SchemaContext tree) {
    Span whole = span(tree);
    return new Span(source, whole.start() + 1, whole.end() - 1);
  }

  Item item(WeftParser.ItemContext tree) {
    return new Item(span(tree), tree.expression(), optionalName(tree.name()));
  }

  List<Item> items(List<WeftParser.ItemContext> trees) {
    return trees.stream().map(this::item).toList();
  }

  List<Option> options(WeftParser.@Nullable OptionClauseContext tree) {
    if (tree == null) {
      return List.of();
    }
    if (tree.first != null) {
      byzer.checkFirst(tree.first);
    }
    return tree.arguments() == null
        ? tree.option().stream().map(o -> option(o.optionKey(), o.optionValue())).toList()
        : arguments(tree.arguments());
  }

  List<Option> arguments(WeftParser.@Nullable ArgumentsContext tree) {
    if (tree == null) {
      return List.of();
    }
    return tree.argument().stream().map(a -> option(a.optionKey(), a.optionValue())).toList();
  }

  private Option option(WeftParser.OptionKeyContext key, WeftParser.OptionValueContext value) {
    Name name = key.string() == null ? name(key) : new Name(span(key), string(key.string()));
    return new Option(name, value(value));
  }

  Literal value(WeftParser.OptionValueContext tree) {
    if (tree.LEFT_BRACKET() != null) {
      return new Literal.Many(span(tree), tree.literal().stream().map(this::literal).toList());
    }
    return tree.name() == null
        ? literal(tree.literal(0))
        : new Literal.Word(span(tree), name(tree.name()).text());
  }

  Literal literal(WeftParser.LiteralContext tree) {
    Span span = span(tree);
    if (tree.parameter() != null) {
      return parameter(tree.parameter());
    }
    if (tree.string() != null) {
      return new Literal.Text(span, string(tree.string()));
    }
    if (tree.number() != null) {
      return number(span, tree.MINUS() != null, tree.number().getText());
    }
    return tree.NULL() == null
        ? new Literal.Truth(span, tree.TRUE() != null)
        : new Literal.Null(span);
  }

  /** A number as written, its type suffix dropped. */
  Literal number(Span span, boolean negative, String written) {
    String digits = written.toUpperCase(Locale.ROOT).replaceFirst("(BD|[LSYFD])$", "");
    String signed = negative ? "-" + digits : digits;
    return digits.chars().allMatch(Character::isDigit)
        ? new Literal.Whole(span, new BigInteger(signed))
        : new Literal.Fraction(span, new BigDecimal(signed));
  }
}
