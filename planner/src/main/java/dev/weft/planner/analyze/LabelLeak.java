package dev.weft.planner.analyze;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Quotes;
import dev.weft.grammar.antlr.WeftParser.ColumnContext;
import dev.weft.grammar.antlr.WeftParserBaseVisitor;
import dev.weft.grammar.ast.Item;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds features that a label expression is computed from: a model that sees them learns nothing.
 */
final class LabelLeak extends WeftParserBaseVisitor<@Nullable Void> {

  private final Set<String> columns = new LinkedHashSet<>();

  private LabelLeak() {}

  /** A warning for each feature that the label reads. */
  static List<Diagnostic> warnings(Item label, Collection<String> features) {
    LabelLeak reader = new LabelLeak();
    reader.visit(label.tree());
    return features.stream()
        .filter(feature -> reader.columns.stream().anyMatch(feature::equalsIgnoreCase))
        .map(feature -> ErrorCode.LABEL_LEAK.at(label.span(), feature))
        .toList();
  }

  @Override
  public @Nullable Void visitColumn(ColumnContext tree) {
    columns.add(Quotes.name(tree.name().getText()));
    return null;
  }
}
