package dev.weft.repl.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code weft run FILE…}. */
@Command(
    name = "run",
    description = "Runs scripts: results on stdout, progress and log on stderr.",
    sortOptions = false,
    usageHelpAutoWidth = true)
final class RunCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "scripts; - is standard input")
  List<String> files = List.of();

  @Mixin RunOptions options = new RunOptions();

  private final Console console;
  private final Host.Opener opener;

  RunCommand(Console console, Host.Opener opener) {
    this.console = console;
    this.opener = opener;
  }

  @Override
  public Integer call() {
    List<ScriptFile> scripts = files.stream().map(ScriptFile::read).toList();
    return new ScriptRun(console, opener, options).run(scripts);
  }
}
