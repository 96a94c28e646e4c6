package dev.weft.planner.name;

import dev.weft.grammar.Quotes;
import dev.weft.grammar.antlr.WeftParser.ModelNameContext;
import dev.weft.grammar.antlr.WeftParser.NameContext;
import dev.weft.grammar.antlr.WeftParser.QualifiedNameContext;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;

/** Names as meant, back quotes removed. */
public final class NameText {

  private NameText() {}

  public static String of(ParserRuleContext name) {
    return IdentifierClauses.of(name)
        .map(IdentifierClauses::single)
        .orElseGet(() -> Quotes.name(name.getText()));
  }

  public static List<String> parts(QualifiedNameContext name) {
    return name.name().stream().flatMap(part -> parts(part).stream()).toList();
  }

  private static List<String> parts(NameContext name) {
    return IdentifierClauses.of(name)
        .map(IdentifierClauses::parts)
        .orElseGet(() -> List.of(of(name)));
  }

  public static List<String> parts(List<NameContext> names) {
    return names.stream().map(NameText::of).toList();
  }

  public static String model(ModelNameContext name) {
    return name.name().isEmpty() ? of(name) : String.join(".", parts(name.name()));
  }
}
