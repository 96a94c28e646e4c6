package dev.weft.planner.error;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import dev.weft.planner.spi.SparkError;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** An error of Spark's analysis as one of ours: the code that fits, one sentence, what to do. */
public final class SparkSentence {

  /** Spark's condition for a text whose tree is deeper than the stack of who walks it. */
  public static final String TOO_DEEP = "FAILED_TO_PARSE_TOO_COMPLEX";

  private static final String MISMATCH = "DATATYPE_MISMATCH";

  /** What Spark calls a name in the parameters of its messages. */
  private static final List<String> SUBJECTS =
      List.of("objectName", "fieldName", "routineName", "relationName");

  private SparkSentence() {}

  /** The error to throw, pointing to {@code place}. */
  public static WeftException of(SparkError error, Span place) {
    if (error.condition().equals(TOO_DEEP)) {
      return ErrorCode.NESTED_TOO_DEEPLY.failure(place);
    }
    Map<String, String> said = error.parameters();
    if (said.isEmpty()) {
      return told(error, place);
    }
    return switch (error.condition()) {
      case "UNRESOLVED_COLUMN.WITH_SUGGESTION", "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION" ->
          column(said, "objectName", "proposal", place);
      case "UNRESOLVED_FIELD.WITH_SUGGESTION", "UNRESOLVED_FIELD.WITHOUT_SUGGESTION" ->
          column(said, "fieldName", "proposal", place);
      case "FIELD_NOT_FOUND" -> column(said, "fieldName", "fields", place);
      case "UNRESOLVED_USING_COLUMN_FOR_JOIN" -> column(said, "colName", "suggestion", place);
      case "AMBIGUOUS_REFERENCE" -> ambiguous(said, place);
      case "TABLE_OR_VIEW_NOT_FOUND" ->
          ErrorCode.TABLE_NOT_FOUND.failure(place, SparkWords.of("relationName", said), "");
      case "CANNOT_RESOLVE_STAR_EXPAND" ->
          ErrorCode.TABLE_NOT_FOUND.failure(
              place,
              SparkWords.of("targetString", said),
              "; FROM names no table or alias like that");
      case "UNRESOLVED_ROUTINE", "ROUTINE_NOT_FOUND" ->
          ErrorCode.FUNCTION_NOT_FOUND.failure(place, SparkWords.of("routineName", said), "");
      case "UNRESOLVABLE_TABLE_VALUED_FUNCTION" ->
          ErrorCode.FUNCTION_NOT_FOUND.failure(place, SparkWords.of("name", said), "");
      case "UNSUPPORTED_DATATYPE" -> TypeNames.unknown(said, place);
      default -> told(error, place);
    };
  }

  private static WeftException told(SparkError error, Span place) {
    Map<String, String> said = error.parameters();
    if (error.condition().startsWith(MISMATCH)) {
      String sentence = Mismatches.sentence(error);
      if (!sentence.isEmpty()) {
        return ErrorCode.TYPE_MISMATCH.failure(place, sentence);
      }
    }
    Sentence known = AnalysisSentences.all().get(error.condition());
    return known == null
        ? plain(error, place)
        : known.code().failure(place, Wording.mended(known.template(), said));
  }

  /** The name that an error is about, where Spark says which one but not where it stands. */
  public static Optional<String> subject(SparkError error) {
    return SUBJECTS.stream()
        .filter(error.parameters()::containsKey)
        .map(parameter -> SparkWords.of(parameter, error.parameters()))
        .map(name -> name.substring(name.lastIndexOf('.') + 1))
        .findFirst();
  }

  /** One of the words that an error is about, without Spark's quotes. */
  public static String said(SparkError error, String parameter) {
    return SparkWords.of(parameter, error.parameters());
  }

  /** Spark's own sentence, for what has none of ours. */
  private static WeftException plain(SparkError error, Span place) {
    ErrorCode code =
        error.condition().startsWith(MISMATCH) ? ErrorCode.TYPE_MISMATCH : ErrorCode.INVALID_QUERY;
    String sentence = Objects.requireNonNullElse(error.getMessage(), error.condition());
    return code.failure(place, sentence);
  }

  /** A sentence for an error while running; Spark's own where there is none of ours. */
  public static String running(String condition, Map<String, String> said, String otherwise) {
    return RunSentences.of(condition)
        .map(template -> SparkWords.fill(template, said))
        .orElse(otherwise);
  }

  private static WeftException column(
      Map<String, String> said, String name, String choice, Span place) {
    String missing = SparkWords.of(name, said);
    List<String> known =
        Arrays.stream(SparkWords.of(choice, said).split(",\\s*"))
            .filter(each -> !each.isEmpty())
            .toList();
    return ErrorCode.COLUMN_NOT_FOUND.failure(place, missing, Nearest.hintOrList(missing, known));
  }

  private static WeftException ambiguous(Map<String, String> said, Span place) {
    String name = SparkWords.of("name", said);
    String last = name.substring(name.lastIndexOf('.') + 1);
    return ErrorCode.COLUMN_AMBIGUOUS.failure(place, name, last);
  }
}
