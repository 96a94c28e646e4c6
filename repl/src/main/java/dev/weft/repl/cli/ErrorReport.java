package dev.weft.repl.cli;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.DiagnosticPrinter;
import dev.weft.grammar.ErrorCode.Blame;
import dev.weft.grammar.WeftException;
import java.io.PrintStream;
import java.util.List;

/** Prints what went wrong and says which exit code that is. */
public final class ErrorReport {

  private final PrintStream err;
  private final boolean debug;

  /** Prints stack traces too when {@code debug}. */
  public ErrorReport(PrintStream err, boolean debug) {
    this.err = err;
    this.debug = debug;
  }

  /** Prints a failure; returns the exit code it calls for. */
  public int print(Throwable failure) {
    int code = describe(failure);
    if (debug) {
      failure.printStackTrace(err);
    }
    err.flush();
    return code;
  }

  private int describe(Throwable failure) {
    if (failure instanceof WeftException known) {
      return print(known.diagnostics());
    }
    if (failure instanceof UsageFailure usage) {
      err.println("weft: " + usage.getMessage());
      return Blame.USAGE.exitCode();
    }
    String what = failure.getClass().getSimpleName() + ": " + failure.getMessage();
    err.println(
        "weft: error INTERNAL: this is a bug of Weft: "
            + what.lines().findFirst().orElse(what)
            + (debug ? "" : "; run again with --debug and report it"));
    return Blame.BUG.exitCode();
  }

  /** Prints each with its line and caret; returns the exit code of the first. */
  public int print(List<Diagnostic> diagnostics) {
    for (Diagnostic diagnostic : diagnostics) {
      err.println(text(diagnostic));
    }
    if (diagnostics.size() > 1) {
      err.println(diagnostics.size() + " errors");
    }
    return diagnostics.get(0).code().blame().exitCode();
  }

  /** What is no matter of a text has no place in one. */
  private static String text(Diagnostic diagnostic) {
    boolean script = diagnostic.code().blame() == Blame.SCRIPT;
    return diagnostic.span().source().text().isEmpty() && !script
        ? "weft: error " + diagnostic.code() + ": " + diagnostic.message()
        : DiagnosticPrinter.print(diagnostic);
  }
}
