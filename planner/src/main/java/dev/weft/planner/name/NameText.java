package dev.weft.planner.name;

import dev.weft.grammar.Quotes;
import dev.weft.grammar.antlr.WeftParser.ModelNameContext;
import dev.weft.grammar.antlr.WeftParser.NameContext;
import dev.weft.grammar.antlr.WeftParser.QualifiedNameContext;
import dev.weft.planner.NotRepresentable;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;

/** Names as meant, back quotes removed. */
public final class NameText {

  private NameText() {}

  public static String of(ParserRuleContext name) {
    String text = Quotes.name(name.getText());
    boolean clause = Quotes.isIdentifierClause(name.getText());
    if (clause && (text.contains(".") || text.contains("`"))) {
      throw new NotRepresentable("IDENTIFIER() of several parts");
    }
    return text;
  }

  public static List<String> parts(QualifiedNameContext name) {
    return name.name().stream().map(NameText::of).toList();
  }

  public static List<String> parts(List<NameContext> names) {
    return names.stream().map(NameText::of).toList();
  }

  public static String model(ModelNameContext name) {
    return name.name().isEmpty() ? of(name) : String.join(".", parts(name.name()));
  }
}
