package dev.weft.repl.cli;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import dev.weft.ml.PythonMissing;
import dev.weft.ml.PythonSetup;
import dev.weft.ml.RuntimeSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weft deps [torch …]}: makes the Python environment ahead of its first use. */
@Command(
    name = "deps",
    description = "Makes the Python environment now, with extras such as torch.",
    usageHelpAutoWidth = true)
final class DepsCommand implements Callable<Integer> {

  @Parameters(paramLabel = "EXTRA", arity = "0..*", description = "extras to add")
  List<String> extras = List.of();

  @Mixin CommonOptions common = new CommonOptions();

  @Spec CommandSpec spec = CommandSpec.create();

  private final Console console;

  DepsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Interrupts.install();
    Path folder = ProjectFolder.find(Optional.empty(), ScriptFile.workingFolder());
    try {
      RuntimeSettings settings = RuntimeSettings.of(folder, System.getenv());
      PythonSetup setup = new PythonSetup(settings, console.err());
      known(setup.extras());
      Path python = setup.withExtras(extras);
      console.err().println("the Python environment is ready: " + python);
      return 0;
    } catch (PythonMissing e) {
      Span nowhere = Span.all(new Source(Source.COMMAND, ""));
      throw new WeftException(
          ErrorCode.PYTHON_MISSING.at(nowhere, String.valueOf(e.getMessage())), e);
    }
  }

  private void known(List<String> names) {
    for (String extra : extras) {
      if (!names.contains(extra)) {
        throw new ParameterException(
            spec.commandLine(),
            "there are no extras '" + extra + "'" + Nearest.hintOrList(extra, names));
      }
    }
  }
}
