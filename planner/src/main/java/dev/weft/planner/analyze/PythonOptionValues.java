package dev.weft.planner.analyze;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.ast.Literal;
import dev.weft.grammar.ast.Option;
import dev.weft.planner.TimeLimit;
import dev.weft.planner.plan.PythonOptions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The options of Python code, each checked. */
final class PythonOptionValues {

  private static final List<String> NAMES = List.of("workers", "batch_rows", "timeout", "packages");
  private static final int MOST_WORKERS = 256;
  private static final int MOST_ROWS = 1_000_000;
  private static final Pattern PINNED =
      Pattern.compile(
          "[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?:\\[[A-Za-z0-9._,-]+\\])?==[A-Za-z0-9.!+_-]+");

  private final List<Diagnostic> errors;
  private int workers = PythonOptions.USUAL.workers();
  private int batchRows = PythonOptions.USUAL.batchRows();
  private TimeLimit timeout = PythonOptions.USUAL.timeout();
  private List<String> packages = PythonOptions.USUAL.packages();

  PythonOptionValues(List<Diagnostic> errors) {
    this.errors = errors;
  }

  PythonOptions of(List<Option> options) {
    Set<String> seen = new HashSet<>();
    for (Option option : options) {
      String name = option.key().text().toLowerCase(Locale.ROOT);
      if (!NAMES.contains(name)) {
        String written = option.key().text();
        errors.add(
            ErrorCode.OPTION_NOT_FOUND.at(
                option.key().span(), "PYTHON", written, Nearest.hintOrList(written, NAMES)));
      } else if (!seen.add(name)) {
        errors.add(
            ErrorCode.INVALID_CLAUSE.at(
                option.span(), "the option '" + name + "' is given twice; keep one"));
      } else {
        set(name, option.value());
      }
    }
    return new PythonOptions(workers, batchRows, timeout, packages);
  }

  private void set(String name, Literal value) {
    switch (name) {
      case "workers" -> workers = whole(name, value, MOST_WORKERS, workers);
      case "batch_rows" -> batchRows = whole(name, value, MOST_ROWS, batchRows);
      case "timeout" ->
          timeout =
              TimeLimit.read(Options.text(value))
                  .orElseGet(() -> wrong(name, TimeLimit.FORM, value, timeout));
      default -> packages = packages(value);
    }
  }

  private int whole(String name, Literal value, int most, int otherwise) {
    if (value instanceof Literal.Whole n
        && n.value().signum() > 0
        && n.value().bitLength() < Integer.SIZE
        && n.value().intValue() <= most) {
      return n.value().intValue();
    }
    return wrong(name, "a whole number from 1 to " + most, value, otherwise);
  }

  private List<String> packages(Literal value) {
    List<String> found =
        Arrays.stream(Options.text(value).split(",")).map(String::strip).sorted().toList();
    return found.stream().allMatch(p -> PINNED.matcher(p).matches())
        ? found
        : wrong("packages", "pinned packages such as 'polars==1.2.0, rich==13.7.1'", value, found);
  }

  private <T> T wrong(String name, String wanted, Literal value, T otherwise) {
    errors.add(ErrorCode.OPTION_VALUE.at(value.span(), name, wanted, Options.written(value)));
    return otherwise;
  }
}
