package dev.weft.planner.query;

import dev.weft.grammar.Places;
import dev.weft.grammar.Source;
import dev.weft.grammar.antlr.WeftParser.ModelReferenceContext;
import dev.weft.planner.name.NameText;
import dev.weft.planner.plan.PlannedModel;
import java.util.Optional;

/** The model that a reference in a query means. */
final class ModelText {

  private ModelText() {}

  static PlannedModel find(ModelReferenceContext tree, Source source, QueryScope scope) {
    Optional<String> version = Optional.ofNullable(tree.version).map(NameText::of);
    return scope.model(NameText.model(tree.modelName()), version, Places.of(source, tree));
  }
}
