package dev.weft.repl;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.repl.cli.Console;
import dev.weft.repl.cli.ErrorReport;
import dev.weft.repl.cli.Platforms;
import dev.weft.repl.cli.WeftCommand;
import java.util.List;

/** Where the launcher enters Java; the only place that ends the process. */
public final class Main {

  private Main() {}

  /** Runs one command line and exits with its code. */
  public static void main(String[] arguments) {
    Console console = Console.system();
    int code = execute(console, arguments);
    console.flush();
    System.exit(code == 0 ? console.lost().map(reason -> lost(console, reason)).orElse(0) : code);
  }

  private static int lost(Console console, String reason) {
    Span nowhere = Span.all(new Source(Source.COMMAND, ""));
    return new ErrorReport(console.err(), false)
        .print(List.of(ErrorCode.RESULTS_LOST.at(nowhere, reason)));
  }

  /** What nobody caught is a bug of ours, told in one line like every other error. */
  private static int execute(Console console, String[] arguments) {
    try {
      return WeftCommand.line(console, new Platforms()).execute(arguments);
    } catch (Throwable bug) {
      boolean debug = List.of(arguments).contains("--debug");
      return new ErrorReport(console.err(), debug).print(bug);
    }
  }
}
