package dev.weft.planner.analyze;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.ast.Name;
import dev.weft.grammar.ast.Python;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names of tables as Python sees them: the last part of a dotted one, if it is a name there.
 */
final class PythonNames {

  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
  private static final Set<String> WORDS =
      Set.of(
          ("False None True and as assert async await break class continue def del elif else except"
                  + " finally for from global if import in is lambda nonlocal not or pass raise"
                  + " return try while with yield")
              .split(" "));

  private PythonNames() {}

  /** Notes names that Python code could not read or assign. */
  static void check(Python python, List<Diagnostic> errors) {
    Set<String> seen = new HashSet<>();
    for (Name input : python.inputs()) {
      check(input, errors);
      if (!seen.add(of(input))) {
        errors.add(
            ErrorCode.INVALID_CLAUSE.at(
                input.span(),
                "two tables would be called '"
                    + of(input)
                    + "' in the code; name one of them in a query before"));
      }
    }
    check(python.result(), errors);
  }

  static String of(Name table) {
    return table.text().substring(table.text().lastIndexOf('.') + 1);
  }

  private static void check(Name name, List<Diagnostic> errors) {
    if (!NAME.matcher(of(name)).matches() || WORDS.contains(of(name))) {
      errors.add(
          ErrorCode.INVALID_CLAUSE.at(
              name.span(), "'" + of(name) + "' cannot be a name in Python; take another one"));
    }
  }
}
