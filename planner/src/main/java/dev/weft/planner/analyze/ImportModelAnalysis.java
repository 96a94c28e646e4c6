package dev.weft.planner.analyze;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.ast.ImportModel;
import dev.weft.planner.model.ForeignCode;
import dev.weft.planner.plan.ModelPlace;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.ImportModelPlan;
import java.nio.file.Files;
import java.nio.file.Path;

/** IMPORT MODEL: a file or folder that is there, and is nothing that runs code when it is read. */
final class ImportModelAnalysis {

  private final ScriptState state;

  ImportModelAnalysis(ScriptState state) {
    this.state = state;
  }

  StatementPlan plan(ImportModel given) {
    ModelPlace source = ExportModelAnalysis.place(given.path(), state);
    String written = Options.text(given.path());
    if (!source.remote()) {
      check(source, written, given);
    }
    return new ImportModelPlan(
        given.span(), given.model().text(), source, written, given.path().span());
  }

  private void check(ModelPlace source, String written, ImportModel given) {
    Path file = source.path();
    if (!Files.exists(file) && !state.overlay().isExported(source)) {
      throw ErrorCode.FILE_NOT_FOUND.failure(given.path().span(), written, FilePlaces.near(file));
    }
    ForeignCode.sentence(file)
        .ifPresent(
            sentence -> {
              throw ErrorCode.IMPORT_REFUSED.failure(given.path().span(), written, sentence);
            });
  }
}
