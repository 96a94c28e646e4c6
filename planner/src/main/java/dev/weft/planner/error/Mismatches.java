package dev.weft.planner.error;

import dev.weft.planner.spi.SparkError;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of a wrong type, named where they have a name that the user wrote. */
final class Mismatches {

  private static final Pattern REASON = Pattern.compile("(?s).* due to data type mismatch: (.*)");

  private Mismatches() {}

  /** One sentence, or the empty text where the general ones serve. */
  static String sentence(SparkError error) {
    Map<String, String> said = error.parameters();
    String condition = error.condition().replaceFirst("^DATATYPE_MISMATCH\\.", "");
    return switch (condition) {
      case "UNEXPECTED_INPUT_TYPE" ->
          "%s has to be %s, and %s is %s"
              .formatted(
                  argument(said),
                  SparkWords.of("requiredType", said),
                  named("inputSql", said),
                  SparkWords.of("inputType", said));
      case "DATA_DIFF_TYPES" ->
          branches(said)
              + " must be of one type, and they are "
              + SparkWords.of("dataType", said)
              + "; cast them";
      default -> AnalysisSentences.all().containsKey(error.condition()) ? "" : reason(error);
    };
  }

  private static String argument(Map<String, String> said) {
    return SparkWords.of("sqlExpr", said).startsWith("CASE WHEN")
        ? "what stands behind WHEN"
        : "the " + SparkWords.of("paramIndex", said) + " argument";
  }

  private static String branches(Map<String, String> said) {
    String function = SparkWords.of("functionName", said);
    return function.equals("casewhen") ? "the branches of CASE" : "the arguments of " + function;
  }

  private static String named(String parameter, Map<String, String> said) {
    String written = SparkWords.of(parameter, said);
    return SparkWords.isWritten(written) ? "'" + written + "'" : "it";
  }

  /** Spark's reason without the expression, to which the caret points already. */
  private static String reason(SparkError error) {
    Matcher reason = REASON.matcher(Objects.requireNonNullElse(error.getMessage(), ""));
    return reason.matches() ? SparkWords.plain(reason.group(1)) : "";
  }
}
