package dev.weft.grammar;

/** Shows a diagnostic to a person: the sentence, the source line, and a caret under the place. */
public final class DiagnosticPrinter {

  private DiagnosticPrinter() {}

  /** Three lines, without an end of line behind the last. */
  public static String print(Diagnostic diagnostic) {
    SourceLine line = SourceLine.of(diagnostic.span());
    return diagnostic + "\n" + line.text() + "\n" + line.carets();
  }
}
