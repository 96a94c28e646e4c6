package dev.weft.repl.cli;

import dev.weft.engine.Session;
import dev.weft.engine.Submission;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code weft plan FILE…}: the plan of every statement; nothing runs. */
@Command(
    name = "plan",
    description = "Prints the plan of every statement of scripts, runs nothing.",
    sortOptions = false,
    usageHelpAutoWidth = true)
final class PlanCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "scripts; - is standard input")
  List<String> files = List.of();

  @Mixin ParamOption parameters = new ParamOption();

  @Mixin ProjectOption project = new ProjectOption();

  @Mixin CommonOptions common = new CommonOptions();

  private final Console console;
  private final Host.Opener opener;

  PlanCommand(Console console, Host.Opener opener) {
    this.console = console;
    this.opener = opener;
  }

  @Override
  public Integer call() throws IOException {
    Interrupts.install();
    List<ScriptFile> scripts = files.stream().map(ScriptFile::read).toList();
    parameters.check(scripts);
    for (ScriptFile script : scripts) {
      Target target = new Target(project.of(script.folder()), script.folder(), Optional.empty());
      try (Host host = opener.open(target);
          Session session = host.newSession()) {
        console.out().write(session.plan(submission(script)));
        console.flush();
      }
    }
    return 0;
  }

  private Submission submission(ScriptFile script) {
    return new Submission(
        script.source(),
        script.folder(),
        OptionalLong.empty(),
        parameters.values,
        files.size() == 1);
  }
}
