package dev.weft.planner.name;

import dev.weft.grammar.Quotes;
import dev.weft.grammar.antlr.WeftParser.IdentifierClauseContext;
import dev.weft.grammar.antlr.WeftParser.ModelNameContext;
import dev.weft.grammar.antlr.WeftParser.NameContext;
import dev.weft.grammar.antlr.WeftParser.QualifiedNameContext;
import dev.weft.planner.NotRepresentable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.ParserRuleContext;

/** Names as meant, back quotes removed. */
public final class NameText {

  /** A part of a name and the dot behind it. */
  private static final Pattern PART = Pattern.compile("(`(?:[^`]|``)+`|[^.`]+)(\\.|\\z)");

  private NameText() {}

  public static String of(ParserRuleContext name) {
    List<String> parts = clause(name).map(NameText::parts).orElse(List.of());
    if (parts.size() > 1) {
      throw new NotRepresentable("IDENTIFIER() of several parts");
    }
    return parts.isEmpty() ? Quotes.name(name.getText()) : parts.get(0);
  }

  public static List<String> parts(QualifiedNameContext name) {
    return name.name().stream()
        .flatMap(
            part -> clause(part).map(NameText::parts).orElseGet(() -> List.of(of(part))).stream())
        .toList();
  }

  /** Whether a part of a name is an {@code IDENTIFIER(…)}. */
  public static boolean isClause(QualifiedNameContext name) {
    return name.name().stream().anyMatch(part -> clause(part).isPresent());
  }

  /** Whether no part is an {@code IDENTIFIER(…)} that only Spark can compute. */
  public static boolean isKnown(QualifiedNameContext name) {
    return name.name().stream()
        .flatMap(part -> clause(part).stream())
        .allMatch(clause -> text(clause).isPresent());
  }

  /** What {@code IDENTIFIER(…)} stands for. */
  public static List<String> parts(IdentifierClauseContext clause) {
    String text =
        text(clause).orElseThrow(() -> new NotRepresentable("IDENTIFIER() of an expression"));
    List<String> parts = new ArrayList<>();
    Matcher part = PART.matcher(text);
    while (part.lookingAt()) {
      parts.add(Quotes.name(part.group(1)));
      if (part.group(2).isEmpty()) {
        return parts;
      }
      part.region(part.end(), text.length());
    }
    throw new NotRepresentable("IDENTIFIER() of what is no name");
  }

  private static Optional<String> text(IdentifierClauseContext clause) {
    String written = clause.getText();
    return Optional.of(clause.text == null ? Quotes.name(written) : clause.text)
        .filter(text -> !text.equals(written));
  }

  private static Optional<IdentifierClauseContext> clause(ParserRuleContext name) {
    return name.getChildCount() == 1 && name.getChild(0) instanceof IdentifierClauseContext clause
        ? Optional.of(clause)
        : Optional.empty();
  }

  public static List<String> parts(List<NameContext> names) {
    return names.stream().map(NameText::of).toList();
  }

  public static String model(ModelNameContext name) {
    return name.name().isEmpty() ? of(name) : String.join(".", parts(name.name()));
  }
}
