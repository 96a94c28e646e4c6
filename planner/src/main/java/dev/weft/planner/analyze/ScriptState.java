package dev.weft.planner.analyze;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import dev.weft.planner.AlgorithmCatalog;
import dev.weft.planner.PlanningContext;
import dev.weft.planner.param.Parameters;
import dev.weft.planner.plan.ModelVersion;
import dev.weft.planner.plan.PlannedModel;
import dev.weft.planner.query.QueryPlanner;
import dev.weft.planner.query.QueryScope;
import dev.weft.planner.spi.BrokenModel;
import dev.weft.planner.spi.ModelCatalog;
import dev.weft.planner.spi.ModelCatalog.TrainedModel;
import dev.weft.planner.spi.PythonSyntax;
import dev.weft.planner.spi.RelationalCatalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;

/** One script being analysed: what it can ask, what it has made, what was found wrong. */
final class ScriptState implements QueryScope {

  private final Outside outside;
  private final PlanningContext context;
  private final Map<Source, Path> folders;
  private final Overlay overlay;
  private final Parameters parameters;
  private final FilePlaces files;
  private final List<Diagnostic> errors = new ArrayList<>();
  private final List<Diagnostic> warnings = new ArrayList<>();
  private final List<String> declared = new ArrayList<>();

  ScriptState(
      Outside outside,
      Map<String, RelNode> tables,
      PlanningContext context,
      Map<Source, Path> folders) {
    this.outside = outside;
    this.context = context;
    this.folders = folders;
    this.overlay = new Overlay(tables, context.settings(), new ModelOverlay(outside.models()));
    this.parameters = new Parameters(context.parameters(), context.params().declared());
    this.files = new FilePlaces(this);
  }

  private ScriptState(ScriptState other) {
    this.outside = other.outside;
    this.context = other.context;
    this.folders = other.folders;
    this.overlay = other.overlay.copy();
    this.parameters = other.parameters;
    this.files = new FilePlaces(this);
  }

  /** A copy for a statement that is not going to run. */
  ScriptState apart() {
    return new ScriptState(this);
  }

  /** What a planner is given once. */
  record Outside(
      RelationalCatalog relations,
      ModelCatalog models,
      AlgorithmCatalog algorithms,
      RelOptCluster cluster,
      QueryPlanner queries,
      PythonSyntax python) {}

  Outside outside() {
    return outside;
  }

  QueryPlanner queries() {
    return outside.queries();
  }

  RelOptCluster cluster() {
    return outside.cluster();
  }

  PlanningContext context() {
    return context;
  }

  /**
   * Whether Byzer's spellings apply at a place: in such a script, or such a file that it includes.
   */
  boolean isByzer(Span place) {
    return context.byzer() || place.source().isByzer();
  }

  Overlay overlay() {
    return overlay;
  }

  FilePlaces files() {
    return files;
  }

  List<Diagnostic> errors() {
    return errors;
  }

  List<Diagnostic> warnings() {
    return warnings;
  }

  /** Notes that the script declares a parameter. */
  void declares(String parameter) {
    declared.add(parameter);
  }

  /** The parameters that the script declares. */
  List<String> declared() {
    return declared;
  }

  /** Where the paths of an included file start. */
  void folder(Source source, Path folder) {
    folders.put(source, folder);
  }

  @Override
  public Path folder(Source source) {
    return folders.getOrDefault(source, context.folder());
  }

  @Override
  public Optional<RelNode> table(String name) {
    return overlay.table(name);
  }

  @Override
  public List<String> tableNames() {
    return overlay.tableNames();
  }

  @Override
  public RelNode file(String format, String path, Span place) {
    return files.read(format, path, place);
  }

  @Override
  public PlannedModel model(String name, Optional<String> version, Span place) {
    ModelVersion found = version(name, version, place);
    return found.made().orElseGet(() -> existing(found, place));
  }

  /** A version whose files need not be readable. */
  ModelVersion version(String name, Optional<String> version, Span place) {
    ModelOverlay models = overlay.models();
    Optional<ModelVersion> found = models.find(name, version);
    if (found.isPresent()) {
      return found.get();
    }
    if (models.numbers(name).isEmpty()) {
      throw noModel(name, place);
    }
    throw ErrorCode.VERSION_NOT_FOUND.failure(
        place, name, version.orElse(ModelOverlay.LATEST), instead(name, version.orElse("")));
  }

  private WeftException noModel(String name, Span place) {
    ModelOverlay models = overlay.models();
    List<String> names = models.names();
    String none = models.drops(name) ? "; this script drops it" : "; TRAIN makes one";
    String hint = names.isEmpty() || models.drops(name) ? none : Nearest.hintOrList(name, names);
    return ErrorCode.MODEL_NOT_FOUND.failure(place, name, hint);
  }

  /** The versions that a wrong one may have meant. */
  private String instead(String name, String version) {
    ModelOverlay models = overlay.models();
    List<String> aliases = models.aliases(name);
    String near = ModelOverlay.isNumber(version) ? "" : Nearest.hint(version, aliases);
    if (!near.isEmpty()) {
      return near;
    }
    List<String> there = new ArrayList<>();
    models.numbers(name).stream()
        .flatMap(number -> number.stored().stream())
        .map(String::valueOf)
        .forEach(there::add);
    there.addAll(aliases);
    String made =
        models.makes(name) ? "; without a version it is the one that this script makes" : "";
    return there.isEmpty() ? made : "; there are: " + String.join(", ", there) + made;
  }

  private PlannedModel existing(ModelVersion version, Span place) {
    String name = version.model();
    int number = version.number();
    try {
      TrainedModel found =
          outside
              .models()
              .find(name, Optional.of(String.valueOf(number)))
              .orElseThrow(() -> noModel(name, place));
      return PlannedModel.existing(name, number, found.signature());
    } catch (BrokenModel broken) {
      throw ErrorCode.MODEL_CORRUPT.failure(place, broken.model(), broken.reason());
    }
  }

  @Override
  public boolean heldOutNothing(PlannedModel model) {
    return overlay.heldOutNothing(model);
  }

  @Override
  public boolean sparkPlans() {
    return overlay.setting("planner").filter("spark"::equals).isPresent();
  }

  @Override
  public Optional<String> constantText(String expression) {
    return outside.relations().constantText(expression);
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }
}
