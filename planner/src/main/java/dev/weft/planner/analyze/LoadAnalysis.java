package dev.weft.planner.analyze;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
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
    String path = state.files().path(format, Options.text(load.path()), load.path().span());
    FileSource source = new FileSource(format, path, options, schema);
    RelNode scan = scan(load, source, errors);
    state.overlay().define(load.result().text(), scan);
    return new LoadPlan(load.span(), load.result().text(), source(scan, source), scan);
  }

  /** Reports a wrong option and a missing file together; what is in the file, for right ones. */
  private RelNode scan(Load load, FileSource source, List<Diagnostic> errors) {
    String written = Options.text(load.path());
    if (errors.isEmpty()) {
      return new ScanOf(state).scan(source, written, load.path().span());
    }
    try {
      new ScanOf(state).mustExist(source, written, load.path().span());
    } catch (WeftException missing) {
      errors.addAll(missing.diagnostics());
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
    } catch (NotRepresentable unknown) {
      errors.add(wrongSchema(option.get(), unknown.reason() + near(unknown.reason())));
      return "";
    } catch (IllegalArgumentException wrong) {
      errors.add(wrongSchema(option.get(), "this: " + wrong.getMessage()));
      return "";
    }
  }

  private static Diagnostic wrongSchema(Option option, String what) {
    return ErrorCode.OPTION_VALUE.at(
        option.value().span(), "schema", "columns such as 'a int, b string'", what);
  }

  /** The type that was meant, where a reason ends in the name of none. */
  private static String near(String reason) {
    return Nearest.hint(reason.substring(reason.lastIndexOf(' ') + 1), SparkTypes.NAMES);
  }
}
