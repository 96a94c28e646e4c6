package dev.weft.repl.cli;

import dev.weft.engine.Session;
import dev.weft.engine.Submission;
import dev.weft.grammar.Diagnostic;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that reads scripts, tells something of each and runs nothing. */
abstract class ReadingCommand implements Callable<Integer> {

  @Mixin ScriptsToRead scripts = new ScriptsToRead();

  @Mixin CommonOptions common = new CommonOptions();

  final Console console;
  private final Host.Opener opener;

  ReadingCommand(Console console, Host.Opener opener) {
    this.console = console;
    this.opener = opener;
  }

  /** Reads one script; returns what is wrong with it. */
  abstract List<Diagnostic> read(Session session, Submission script);

  /** When all have been read and nothing is wrong. */
  void sound() {}

  @Override
  public final Integer call() {
    Interrupts.install();
    List<Diagnostic> found = scripts.each(opener, this::read);
    if (found.isEmpty()) {
      sound();
      return 0;
    }
    return new ErrorReport(console.err(), common.debug).print(found);
  }

  /** Prints a text as soon as it is there. */
  final List<Diagnostic> print(String text) {
    try {
      console.out().write(text);
      console.flush();
    } catch (IOException lost) {
      console.close(lost);
    }
    return List.of();
  }
}
