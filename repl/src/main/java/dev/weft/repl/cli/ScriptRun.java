package dev.weft.repl.cli;

import dev.weft.engine.Session;
import dev.weft.engine.Submission;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** Runs scripts one after another, each in a session of its own, and stops what it started. */
final class ScriptRun {

  private final Console console;
  private final Host.Opener opener;
  private final RunOptions options;

  ScriptRun(Console console, Host.Opener opener, RunOptions options) {
    this.console = console;
    this.opener = opener;
    this.options = options;
  }

  /** Runs them; returns the exit code. */
  int run(List<ScriptFile> scripts) {
    Interrupts interrupts = Interrupts.install();
    ErrorReport report = new ErrorReport(console.err(), options.debug);
    int code;
    try {
      options.check();
      Target target = target(scripts);
      scripts.forEach(ScriptRun::refuseEmpty);
      try (Host host = opener.open(target)) {
        for (ScriptFile script : scripts) {
          runOne(host, script, interrupts);
        }
        stay(interrupts);
      }
      code = 0;
    } catch (RuntimeException | Error e) {
      console.flush();
      code = report.print(e);
    }
    OptionalInt signalled = interrupts.exitCode();
    return signalled.orElse(code);
  }

  private void runOne(Host host, ScriptFile script, Interrupts interrupts) {
    try (ConsoleListener listener = new ConsoleListener(console, options.printer(console), false);
        Session session = host.newSession()) {
      interrupts.onFirst(session::cancel);
      session.run(new Submission(script.source(), script.folder(), options.seedGiven()), listener);
      listener.summary();
    } finally {
      interrupts.onFirst(() -> {});
    }
  }

  private void stay(Interrupts interrupts) {
    if (options.stay && interrupts.exitCode().isEmpty()) {
      console.flush();
      console.err().println("staying; Ctrl-C ends it");
      interrupts.await();
    }
  }

  /** All scripts of one run share one project, because they share one engine. */
  private Target target(List<ScriptFile> scripts) {
    Target first = options.target(scripts.get(0).folder());
    for (ScriptFile script : scripts) {
      Path other = options.target(script.folder()).project();
      if (!other.equals(first.project())) {
        throw new UsageFailure(
            "the scripts belong to two projects, '"
                + first.project()
                + "' and '"
                + other
                + "'; run them one by one or give --project");
      }
    }
    return first;
  }

  private static void refuseEmpty(ScriptFile script) {
    if (script.source().text().isBlank()) {
      throw dev.weft.grammar.ErrorCode.SYNTAX.failure(
          dev.weft.grammar.Span.all(script.source()),
          "the script is empty; it needs at least one statement");
    }
  }
}
