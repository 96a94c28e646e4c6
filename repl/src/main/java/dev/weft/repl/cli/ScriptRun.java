package dev.weft.repl.cli;

import dev.weft.engine.Session;
import dev.weft.engine.Submission;
import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.ScriptParser;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.grammar.StatementSplitter;
import dev.weft.grammar.WeftException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Runs scripts one after another, each in a session of its own, and stops what it started. */
final class ScriptRun {

  private static final String EMPTY = "there is no statement here; write at least one";

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
    ErrorReport report = new ErrorReport(console.err(), options.common.debug);
    int code;
    try {
      options.check();
      Target target = target(scripts);
      refuseEarly(scripts);
      options.parameters.check(scripts);
      boolean alone = scripts.size() == 1;
      try (Host host = opener.open(target)) {
        for (ScriptFile script : scripts) {
          runOne(host, script, alone, interrupts);
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

  private void runOne(Host host, ScriptFile script, boolean alone, Interrupts interrupts) {
    try (ConsoleListener listener =
            new ConsoleListener(console, options.printer(console), ConsoleListener.Style.SCRIPT);
        Session session = host.newSession()) {
      interrupts.onFirst(session::cancel);
      Submission submission =
          new Submission(
              script.source(),
              script.folder(),
              options.seedGiven(),
              options.parameters.values,
              alone);
      session.run(submission, listener);
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

  /** What is wrong with the text alone is told before anything starts. */
  private static void refuseEarly(List<ScriptFile> scripts) {
    List<Diagnostic> errors = new ArrayList<>();
    for (ScriptFile script : scripts) {
      Source source = script.source();
      if (StatementSplitter.state(source.text()) == StatementSplitter.State.EMPTY) {
        errors.add(ErrorCode.SYNTAX.at(new Span(source, 0, 0), EMPTY));
      } else if (scripts.size() > 1) {
        errors.addAll(ScriptParser.parse(source).errors());
      }
    }
    if (!errors.isEmpty()) {
      throw new WeftException(errors);
    }
  }
}
