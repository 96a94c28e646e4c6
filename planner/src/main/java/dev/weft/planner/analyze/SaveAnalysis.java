package dev.weft.planner.analyze;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.WeftException;
import dev.weft.grammar.ast.Name;
import dev.weft.grammar.ast.Save;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.SavePlan;
import dev.weft.planner.spi.FileSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;

/** SAVE: a table, where it goes, and whether it may go there. */
final class SaveAnalysis {

  private final ScriptState state;

  SaveAnalysis(ScriptState state) {
    this.state = state;
  }

  StatementPlan plan(Save save) {
    List<Diagnostic> errors = new ArrayList<>();
    RelNode input = state.queries().table(List.of(save.input().text()), save.input().span(), state);
    String format = state.files().format(save.format().text(), save.format().span());
    Map<String, String> options = new FormatOptions(state).checked(format, save.options(), errors);
    List<String> partitions = partitions(save, input, errors);
    String path = state.files().path(format, Options.text(save.path()), save.path().span());
    if (!FilePlaces.isUri(path)) {
      target(save, Path.of(path), input, errors);
    }
    if (!errors.isEmpty()) {
      throw new WeftException(errors);
    }
    if (!FilePlaces.isUri(path)) {
      state.overlay().save(Path.of(path), new Overlay.SavedFile(format, input, partitions));
    }
    FileSource target = new FileSource(format, path, options, "");
    return new SavePlan(save.span(), input, save.mode(), target, partitions);
  }

  private static List<String> partitions(Save save, RelNode input, List<Diagnostic> errors) {
    List<String> names = input.getRowType().getFieldNames();
    List<String> partitions = new ArrayList<>();
    for (Name column : save.partitionBy()) {
      Optional<String> field = names.stream().filter(column.text()::equalsIgnoreCase).findFirst();
      field.ifPresentOrElse(
          partitions::add,
          () ->
              errors.add(
                  ErrorCode.COLUMN_NOT_FOUND.at(
                      column.span(), column.text(), Nearest.hintOrList(column.text(), names))));
    }
    if (!partitions.isEmpty() && partitions.size() == names.size()) {
      errors.add(
          ErrorCode.INVALID_CLAUSE.at(
              save.partitionBy().get(0).span(),
              "PARTITION BY names every column; leave at least one for the files"));
    }
    return partitions;
  }

  private void target(Save save, Path path, RelNode input, List<Diagnostic> errors) {
    if (save.mode() == Save.Mode.ERRORIFEXISTS
        && (state.overlay().saved(path).isPresent() || exists(path))) {
      errors.add(ErrorCode.OUTPUT_EXISTS.at(save.path().span(), Options.text(save.path())));
    }
    if (save.mode() == Save.Mode.OVERWRITE
        && new FilesRead(state.outside().relations()).reads(input, path)) {
      errors.add(
          ErrorCode.INVALID_CLAUSE.at(
              save.path().span(),
              "'"
                  + Options.text(save.path())
                  + "' is read by the table that is saved over it; save it elsewhere"));
    }
  }

  /** An empty folder is no output yet. */
  private static boolean exists(Path path) {
    if (!Files.isDirectory(path)) {
      return Files.exists(path);
    }
    try (Stream<Path> content = Files.list(path)) {
      return content.findAny().isPresent();
    } catch (IOException unreadable) {
      return true;
    }
  }
}
