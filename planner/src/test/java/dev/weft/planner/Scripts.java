package dev.weft.planner;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ScriptParser;
import dev.weft.grammar.Source;
import dev.weft.planner.explain.PlanText;
import dev.weft.planner.param.GivenParams;
import dev.weft.planner.plan.StatementPlan;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Plans scripts against the fakes. */
final class Scripts {

  private static final String LIGHTGBM =
      """
      {"name":"lightgbm","aliases":["LightGBM","lgbm"],"where":"ray",
       "tasks":["classification","regression"],"doc":"Boosted trees.",
       "options":[
        {"name":"num_leaves","aliases":["leaves"],"type":"integer","default":31,
         "minimum":2,"maximum":131072,"choices":[],"doc":"Leaves."},
        {"name":"learning_rate","aliases":[],"type":"number","default":0.1,"minimum":0,
         "choices":[],"doc":"Step."},
        {"name":"extra_trees","aliases":[],"type":"boolean","default":false,"choices":[],"doc":"?"},
        {"name":"boosting","aliases":[],"type":"text","default":"gbdt",
         "choices":["gbdt","dart"],"doc":"Kind."}]}
      """;
  private static final String KMEANS =
      """
      {"name":"kmeans","aliases":[],"where":"spark","tasks":["clustering"],"doc":"Clusters.",
       "options":[{"name":"k","aliases":[],"type":"integer","default":2,"minimum":1,
         "choices":[],"doc":"How many."}]}
      """;
  private static final String LOGISTIC =
      """
      {"name":"logistic_regression","aliases":[],"where":"spark","tasks":["classification"],
       "doc":"Lines.","options":[]}
      """;

  final FakeRelations relations = new FakeRelations();
  Path folder = Path.of("/nowhere");
  Optional<List<Object>> parameters = Optional.empty();
  boolean byzer;

  /** What --param gives. */
  GivenParams params = GivenParams.NONE;

  private final ScriptPlanner planner =
      new ScriptPlanner(
          relations,
          new FakeModels(),
          new AlgorithmCatalog(List.of(read(LIGHTGBM), read(KMEANS), read(LOGISTIC))));

  private static AlgorithmDeclaration read(String json) {
    return AlgorithmDeclarations.read(
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  Checked check(String text) {
    return planner.plan(
        ScriptParser.parse(new Source("main.weft", text)).orThrow().statements(),
        Map.of(),
        new PlanningContext(folder, Map.of(), parameters, OptionalLong.empty(), byzer, params));
  }

  /** The text of the last statement's plan. */
  String plan(String text) {
    return PlanText.of(last(text), folder);
  }

  StatementPlan last(String text) {
    Checked checked = check(text);
    if (!checked.errors().isEmpty()) {
      throw new AssertionError(checked.errors().toString());
    }
    return checked.plans().get(checked.plans().size() - 1);
  }

  /**
   * The errors of a text in which carets mark the places: {@code CODE: message} each, after
   * checking that the places are those marked.
   */
  List<String> errors(String marked) {
    String text = marked.replace("^", "");
    List<Diagnostic> errors = check(text).errors();
    StringBuilder again = new StringBuilder(text);
    for (int i = errors.size() - 1; i >= 0; i--) {
      again.insert(errors.get(i).span().end(), "^").insert(errors.get(i).span().start(), "^");
    }
    if (marked.contains("^") && !again.toString().equals(marked)) {
      throw new AssertionError("errors at\n" + again + "\nbut expected\n" + marked + "\n" + errors);
    }
    return errors.stream().map(e -> e.code() + ": " + e.message()).collect(Collectors.toList());
  }
}
