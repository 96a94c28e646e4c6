package dev.weft.repl.cli;

import dev.weft.engine.Session;
import dev.weft.engine.Submission;
import dev.weft.grammar.Diagnostic;
import dev.weft.repl.print.ResultPrinter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code weft check FILE…}: parses and resolves everything, runs nothing. */
@Command(
    name = "check",
    description = "Parses and resolves scripts whole, runs nothing.",
    sortOptions = false,
    usageHelpAutoWidth = true)
final class CheckCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "scripts; - is standard input")
  List<String> files = List.of();

  @Mixin ParamOption parameters = new ParamOption();

  @Mixin ProjectOption project = new ProjectOption();

  @Mixin CommonOptions common = new CommonOptions();

  private final Console console;
  private final Host.Opener opener;

  CheckCommand(Console console, Host.Opener opener) {
    this.console = console;
    this.opener = opener;
  }

  @Override
  public Integer call() {
    Interrupts.install();
    List<ScriptFile> all = files.stream().map(ScriptFile::read).toList();
    parameters.check(all);
    Map<Path, List<ScriptFile>> projects = new LinkedHashMap<>();
    for (ScriptFile script : all) {
      Path folder = project.of(script.folder());
      projects.computeIfAbsent(folder, key -> new ArrayList<>()).add(script);
    }
    List<Diagnostic> found = new ArrayList<>();
    projects.forEach((folder, scripts) -> found.addAll(check(folder, scripts)));
    if (found.isEmpty()) {
      console.err().println(files.size() == 1 ? "no errors" : files.size() + " files, no errors");
      return 0;
    }
    return new ErrorReport(console.err(), common.debug).print(found);
  }

  private List<Diagnostic> check(Path folder, List<ScriptFile> scripts) {
    List<Diagnostic> found = new ArrayList<>();
    try (Host host = opener.open(new Target(folder, folder, Optional.empty()))) {
      for (ScriptFile script : scripts) {
        found.addAll(check(host, script));
      }
    }
    return found;
  }

  private List<Diagnostic> check(Host host, ScriptFile script) {
    ResultPrinter none = rows -> 0;
    try (Session session = host.newSession();
        ConsoleListener listener =
            new ConsoleListener(console, none, ConsoleListener.Style.SCRIPT)) {
      Submission text =
          new Submission(
              script.source(),
              script.folder(),
              OptionalLong.empty(),
              parameters.values,
              files.size() == 1);
      return session.check(text, listener);
    }
  }
}
