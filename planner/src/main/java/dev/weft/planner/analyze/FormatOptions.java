package dev.weft.planner.analyze;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.ast.Option;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The options of file formats, as far as Spark documents them; other formats take any. */
public final class FormatOptions {

  private static final List<String> FILES =
      List.of(
          "ignoreCorruptFiles",
          "ignoreMissingFiles",
          "modifiedAfter",
          "modifiedBefore",
          "pathGlobFilter",
          "recursiveFileLookup",
          "basePath",
          "compression",
          "maxRecordsPerFile",
          "partitionOverwriteMode");

  private static final List<String> TEXT_FILES =
      List.of(
          "charToEscapeQuoteEscaping",
          "columnNameOfCorruptRecord",
          "dateFormat",
          "emptyValue",
          "encoding",
          "charset",
          "enableDateTimeParsingFallback",
          "lineSep",
          "locale",
          "mode",
          "multiLine",
          "nullValue",
          "samplingRatio",
          "timestampFormat",
          "timestampNTZFormat",
          "timeZone");

  private static final Map<String, List<String>> OWN =
      Map.of(
          "csv",
          List.of(
              "sep",
              "delimiter",
              "quote",
              "quoteAll",
              "escape",
              "escapeQuotes",
              "comment",
              "header",
              "inferSchema",
              "preferDate",
              "enforceSchema",
              "ignoreLeadingWhiteSpace",
              "ignoreTrailingWhiteSpace",
              "nanValue",
              "positiveInf",
              "negativeInf",
              "maxColumns",
              "maxCharsPerColumn",
              "unescapedQuoteHandling",
              "extension"),
          "json",
          List.of(
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
              "singleVariantColumn"),
          "parquet",
          List.of("datetimeRebaseMode", "int96RebaseMode", "mergeSchema"),
          "orc",
          List.of("mergeSchema"),
          "text",
          List.of("wholetext", "lineSep"));

  private final ScriptState state;

  FormatOptions(ScriptState state) {
    this.state = state;
  }

  /** Spark's options as text; {@code schema} is not one of them. Unknown names are reported. */
  Map<String, String> checked(String format, List<Option> options, List<Diagnostic> errors) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Option option : options) {
      String name = option.key().text();
      if (name.equalsIgnoreCase("schema")) {
        continue;
      }
      check(format, option, errors);
      values.put(name, Options.text(option.value()));
    }
    return values;
  }

  private void check(String format, Option option, List<Diagnostic> errors) {
    List<String> known = known(format);
    String name = option.key().text();
    if (known.isEmpty()) {
      return;
    }
    if (known.stream().anyMatch(name::equalsIgnoreCase)) {
      FormatOptionValues.wrong(option).ifPresent(errors::add);
      return;
    }
    Diagnostic wrong =
        ErrorCode.OPTION_NOT_FOUND.at(
            option.key().span(), "the format " + format, name, Nearest.hint(name, known));
    (state.isByzer(option.key().span()) ? state.warnings() : errors).add(wrong);
  }

  /** The options that a format is known to have; none for one that takes any. */
  public static List<String> known(String format) {
    List<String> own = OWN.get(format);
    if (own == null) {
      return List.of();
    }
    List<String> known = new ArrayList<>(own);
    known.add("schema");
    known.addAll(FILES);
    if (format.equals("csv") || format.equals("json")) {
      known.addAll(TEXT_FILES);
    }
    return known;
  }
}
