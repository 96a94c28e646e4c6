package dev.weft.planner.analyze;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.WeftException;
import dev.weft.grammar.ast.Load;
import dev.weft.grammar.ast.Option;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.LoadPlan;
import dev.weft.planner.spi.FileSource;
import dev.weft.planner.types.SparkTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;

/** LOAD: a file source with its columns, under a name. */
final class LoadAnalysis {

  private final ScriptState state;

  LoadAnalysis(ScriptState state) {
    this.state = state;
  }

  StatementPlan plan(Load load) {
    String format = state.files().format(load.format().text(), load.format().span());
    List<Diagnostic> errors = new ArrayList<>();
    Map<String, String> options = new FormatOptions(state).checked(format, load.options(), errors);
    String schema = schema(load.options(), errors);
    String path = state.files().path(load.path().text(), load.path().span());
    FileSource source = new FileSource(format, path, options, schema);
    RelNode scan = scan(load, source, errors);
    state.overlay().define(load.result().text(), scan);
    return new LoadPlan(load.span(), load.result().text(), source(scan, source), scan);
  }

  /** Reports a wrong option and a missing file together. */
  private RelNode scan(Load load, FileSource source, List<Diagnostic> errors) {
    try {
      RelNode scan = new ScanOf(state).scan(source, load.path().text(), load.path().span());
      if (errors.isEmpty()) {
        return scan;
      }
    } catch (WeftException wrong) {
      errors.addAll(wrong.diagnostics());
    }
    throw new WeftException(errors);
  }

  private static FileSource source(RelNode scan, FileSource otherwise) {
    return scan instanceof dev.weft.planner.rel.FileScan file ? file.source() : otherwise;
  }

  private String schema(List<Option> options, List<Diagnostic> errors) {
    Optional<Option> option =
        options.stream().filter(o -> o.key().text().equalsIgnoreCase("schema")).findFirst();
    if (option.isEmpty()) {
      return "";
    }
    String schema = Options.text(option.get().value());
    try {
      SparkTypes.columns(schema, state.cluster().getTypeFactory());
      return schema;
    } catch (IllegalArgumentException | NotRepresentable wrong) {
      errors.add(
          ErrorCode.OPTION_VALUE.at(
              option.get().value().span(),
              "schema",
              "columns such as 'a int, b string'",
              "this: " + wrong.getMessage()));
      return "";
    }
  }
}
