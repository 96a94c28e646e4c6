package dev.weft.planner.analyze;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.Span;
import dev.weft.grammar.ast.ExportModel;
import dev.weft.grammar.ast.Literal;
import dev.weft.grammar.ast.Name;
import dev.weft.planner.AlgorithmDeclaration;
import dev.weft.planner.plan.ModelPlace;
import dev.weft.planner.plan.PlannedModel;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.ExportModelPlan;
import dev.weft.planner.portable.NotPortable;
import dev.weft.planner.portable.PortableTransform;
import dev.weft.planner.spi.Transform;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** EXPORT MODEL: what goes where, in a format that its algorithm can be written in. */
final class ExportModelAnalysis {

  /** Of models whose algorithm says so. */
  static final String ONNX = "onnx";

  /** The model's own files with its manifest, of any model. */
  static final String WEFT = "weft";

  private static final List<String> FORMATS = List.of(ONNX, WEFT);

  private final ScriptState state;

  ExportModelAnalysis(ScriptState state) {
    this.state = state;
  }

  StatementPlan plan(ExportModel export) {
    String format = export.format().map(ExportModelAnalysis::format).orElse(ONNX);
    PlannedModel model =
        state.model(
            export.model().model().text(),
            export.model().version().map(Name::text),
            export.model().span());
    String algorithm = model.signature().algorithm();
    if (format.equals(ONNX) && !writesOnnx(algorithm)) {
      throw ErrorCode.NOT_AVAILABLE.failure(
          export.model().span(),
          "ONNX of models of '" + algorithm + "'",
          "write FORMAT weft for the files of the model as they are");
    }
    Optional<PortableTransform> transform =
        model
            .signature()
            .transform()
            .filter(any -> format.equals(ONNX))
            .map(any -> portable(export, model, any));
    ModelPlace target = place(export.path(), state);
    boolean there = state.overlay().isExported(target) || isHere(target);
    if (there && !export.overwrite()) {
      throw ErrorCode.INVALID_CLAUSE.failure(
          export.path().span(),
          "'"
              + Options.text(export.path())
              + "' exists already; write EXPORT OVERWRITE MODEL, or another path");
    }
    state.overlay().exported(target);
    return new ExportModelPlan(export.span(), model, format, transform, target, export.overwrite());
  }

  private PortableTransform portable(ExportModel export, PlannedModel model, Transform transform) {
    try {
      return PortableTransform.of(model.signature(), transform, state.queries(), state.cluster());
    } catch (NotPortable alone) {
      throw ErrorCode.NOT_AVAILABLE.failure(
          export.model().span(),
          "ONNX of " + alone.what() + " in the TRANSFORM of '" + model.name() + "'",
          "compute it in the query that TRAIN reads, or write FORMAT weft");
    }
  }

  private static String format(Name written) {
    String format = written.text().toLowerCase(Locale.ROOT);
    if (!FORMATS.contains(format)) {
      throw ErrorCode.FORMAT_NOT_FOUND.failure(
          written.span(), written.text(), Nearest.hintOrList(format, FORMATS));
    }
    return format;
  }

  /** An imported model is ONNX already. */
  private boolean writesOnnx(String algorithm) {
    return algorithm.equals(ONNX)
        || state
            .outside()
            .algorithms()
            .find(algorithm)
            .filter(AlgorithmDeclaration::onnx)
            .isPresent();
  }

  /** Of another file system that is seen when the statement runs. */
  private boolean isHere(ModelPlace target) {
    return !target.remote()
        && (Files.exists(target.path()) || state.overlay().saved(target.path()).isPresent());
  }

  /** A place for a model, a file or a folder. */
  static ModelPlace place(Literal path, ScriptState state) {
    Span place = path.span();
    String written = Options.text(path);
    if (written.isBlank()) {
      throw ErrorCode.INVALID_CLAUSE.failure(place, "the path is empty");
    }
    String text = written.replaceFirst("^file:(//)?(?=/)", "");
    return FilePlaces.isUri(text)
        ? new ModelPlace(text.replaceFirst("/+$", ""), true)
        : new ModelPlace(state.files().path(text, place), false);
  }
}
