package dev.weft.repl.cli;

import dev.weft.repl.print.Format;
import dev.weft.repl.terminal.Repl;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code weft} itself: the terminal, or the statements of {@code -e}. */
@Command(
    name = "weft",
    description = "From raw files to a served model: SQL and machine learning in one script.",
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0 ok; 1 a statement failed; 2 usage; 3 the script is wrong, nothing ran;",
      "  4 an assertion or --check failed; 5 cannot connect; 6 time or size limit; 70 a bug of Weft;",
      "  130 interrupted; 143 terminated"
    })
public final class WeftCommand implements Callable<Integer> {

  @Option(
      names = "-e",
      paramLabel = "STATEMENTS",
      description = "run these statements instead of opening the terminal")
  @Nullable String statements;

  @Option(names = "--version", versionHelp = true, description = "print the version")
  boolean version;

  @Mixin RunOptions options = new RunOptions();

  private final Console console;
  private final Host.Opener opener;

  private WeftCommand(Console console, Host.Opener opener) {
    this.console = console;
    this.opener = opener;
  }

  /** The whole command line, ready to execute. */
  public static CommandLine line(Console console, Host.Opener opener) {
    CommandLine line =
        new CommandLine(new WeftCommand(console, opener))
            .addSubcommand("run", new RunCommand(console, opener))
            .addSubcommand("check", new CheckCommand(console, opener))
            .addSubcommand("plan", new PlanCommand(console, opener))
            .addSubcommand("lineage", new LineageCommand(console, opener))
            .addSubcommand("fmt", new FmtCommand(console))
            .addSubcommand("server", new ServerCommand(console))
            .addSubcommand("deps", new DepsCommand(console))
            .addSubcommand("doctor", new DoctorCommand(console))
            .addSubcommand("help", new HelpCommand(console));
    for (String name : LaterCommand.NAMES) {
      line.addSubcommand(name, new LaterCommand(name));
    }
    line.setParameterExceptionHandler((e, arguments) -> misused(console, e));
    line.setExecutionExceptionHandler((e, at, parsed) -> failed(console, e, parsed));
    return line.setOut(new PrintWriter(console.out()))
        .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() {
    if (statements != null) {
      return new ScriptRun(console, opener, options).run(List.of(ScriptFile.command(statements)));
    }
    if (!console.readsTerminal()) {
      return new ScriptRun(console, opener, options).run(List.of(ScriptFile.standardInput()));
    }
    return terminal();
  }

  private int terminal() {
    options.check();
    Format format = options.format == null ? Format.TABLE : options.format;
    Repl.Preferences preferences =
        new Repl.Preferences(
            format, options.seedGiven(), options.parameters.values, options.common.debug);
    Target target = options.target(ScriptFile.workingFolder());
    return new Repl(console, opener, target, preferences).run();
  }

  private static int misused(Console console, ParameterException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    console.err().println("weft: " + Suggestion.completed(message, e));
    console.err().println("see " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return dev.weft.grammar.ErrorCode.Blame.USAGE.exitCode();
  }

  private static int failed(Console console, Exception e, CommandLine.ParseResult parsed) {
    CommandLine.ParseResult last = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    boolean debug = last.hasMatchedOption("--debug");
    return new ErrorReport(console.err(), debug).print(e);
  }
}
