package dev.weft.planner.analyze;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.ast.Option;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the options of file formats take, where that can be said; a text that stands for a value is
 * as good as the value.
 */
final class FormatOptionValues {

  private static final List<String> TRUTHS =
      lower(
          "header",
          "inferSchema",
          "multiLine",
          "quoteAll",
          "escapeQuotes",
          "preferDate",
          "enforceSchema",
          "enableDateTimeParsingFallback",
          "ignoreLeadingWhiteSpace",
          "ignoreTrailingWhiteSpace",
          "ignoreCorruptFiles",
          "ignoreMissingFiles",
          "recursiveFileLookup",
          "mergeSchema",
          "primitivesAsString",
          "prefersDecimal",
          "allowComments",
          "allowUnquotedFieldNames",
          "allowSingleQuotes",
          "allowNumericLeadingZeros",
          "allowNonNumericNumbers",
          "allowBackslashEscapingAnyCharacter",
          "allowUnquotedControlChars",
          "dropFieldIfAllNull",
          "ignoreNullFields",
          "inferTimestamp",
          "wholetext");

  private static final List<String> WHOLE =
      lower("maxColumns", "maxCharsPerColumn", "maxRecordsPerFile");

  private static final List<String> ONE_CHARACTER =
      lower("quote", "escape", "comment", "charToEscapeQuoteEscaping");

  private static final List<String> SEPARATORS = lower("sep", "delimiter", "lineSep");

  private static final List<String> MODES = List.of("PERMISSIVE", "DROPMALFORMED", "FAILFAST");

  private FormatOptionValues() {}

  /** What is wrong with an option's value, if something is. */
  static Optional<Diagnostic> wrong(Option option) {
    String name = option.key().text().toLowerCase(Locale.ROOT);
    String value = Options.text(option.value());
    return wanted(name, value)
        .map(
            wanted ->
                ErrorCode.OPTION_VALUE.at(
                    option.value().span(),
                    option.key().text(),
                    wanted,
                    Options.written(option.value())));
  }

  /** What an option takes, where the value is something else. */
  private static Optional<String> wanted(String name, String value) {
    if (TRUTHS.contains(name)) {
      return unless(value.matches("(?i)true|false"), "true or false");
    }
    if (WHOLE.contains(name)) {
      return unless(value.matches("-?\\d{1,9}"), "a whole number");
    }
    if (ONE_CHARACTER.contains(name)) {
      boolean one = value.codePointCount(0, value.length()) <= 1 || value.matches("\\\\.");
      return unless(one, "one character");
    }
    if (SEPARATORS.contains(name)) {
      return unless(!value.isEmpty(), "at least one character");
    }
    if (name.equals("mode")) {
      boolean known = MODES.stream().anyMatch(value::equalsIgnoreCase);
      return unless(known, "one of " + String.join(", ", MODES));
    }
    return name.equals("samplingratio")
        ? unless(value.matches("0?\\.\\d+|1|1\\.0*"), "a number above 0 and up to 1")
        : Optional.empty();
  }

  private static Optional<String> unless(boolean right, String wanted) {
    return right ? Optional.empty() : Optional.of(wanted);
  }

  private static List<String> lower(String... names) {
    return Arrays.stream(names).map(n -> n.toLowerCase(Locale.ROOT)).toList();
  }
}
