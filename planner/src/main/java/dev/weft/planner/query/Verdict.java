package dev.weft.planner.query;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.function.FunctionRejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.runtime.CalciteContextException;

/** Decides who is wrong when Calcite rejects a query: the script, or Calcite. */
final class Verdict {

  private static final Pattern NO_COLUMN = Pattern.compile("Column '(.*?)' not found in .*");
  private static final Pattern AMBIGUOUS = Pattern.compile("Column '(.*?)' is ambiguous");
  private static final Pattern NO_TABLE = Pattern.compile("Table '(.*?)' not found.*");

  /** What Calcite takes for a table that is not there is a column whose part is missing. */
  private static final Set<String> PARTS =
      Set.of("FIELD_NOT_FOUND", "INVALID_EXTRACT_BASE_FIELD_TYPE", "AMBIGUOUS_REFERENCE_TO_FIELDS");

  private final Handover handover;

  Verdict(Handover handover) {
    this.handover = handover;
  }

  /** The query as Spark reads it, if Spark accepts it; otherwise the error. */
  RelNode on(RuntimeException wrong, HandoverText text, Map<String, RelNode> relations) {
    try {
      return handover.asked(text, "Calcite's rule: " + sentence(wrong));
    } catch (Handover.Rejected rejected) {
      if (PARTS.contains(rejected.error().condition())) {
        throw spark(wrong, rejected, text);
      }
      throw named(wrong, text, relations).orElseGet(() -> spark(wrong, rejected, text));
    } catch (NotRepresentable parameter) {
      throw named(wrong, text, relations)
          .orElseGet(() -> ErrorCode.INVALID_QUERY.failure(place(wrong, text), sentence(wrong)));
    }
  }

  /** The same where Calcite failed without saying that the query is wrong. */
  RelNode onGap(Throwable gap, HandoverText text) {
    return handover.given(text, "a gap of Calcite (" + gap.getClass().getSimpleName() + ")");
  }

  private static Optional<WeftException> named(
      RuntimeException wrong, HandoverText text, Map<String, RelNode> relations) {
    String sentence = sentence(wrong);
    Span place = place(wrong, text);
    Matcher column = NO_COLUMN.matcher(sentence);
    if (column.matches()) {
      String name = column.group(1);
      List<String> known = new ArrayList<>(columns(relations));
      if (place.text().endsWith("*")) {
        // A feature that USING * stands for.
        known.removeIf(name::equalsIgnoreCase);
        String why = " among those that * stands for, and the model reads it";
        return Optional.of(
            ErrorCode.COLUMN_NOT_FOUND.failure(place, name, why + Nearest.hint(name, known)));
      }
      String hint =
          known.stream().anyMatch(name::equalsIgnoreCase)
              ? "; another table of the query has it"
              : Nearest.hintOrList(name, known);
      return Optional.of(ErrorCode.COLUMN_NOT_FOUND.failure(place, name, hint));
    }
    Matcher ambiguous = AMBIGUOUS.matcher(sentence);
    if (ambiguous.matches()) {
      String name = ambiguous.group(1);
      return Optional.of(ErrorCode.COLUMN_AMBIGUOUS.failure(place, name, name));
    }
    Matcher table = NO_TABLE.matcher(sentence);
    return table.matches()
        ? Optional.of(
            ErrorCode.TABLE_NOT_FOUND.failure(
                place, table.group(1), "; FROM names no table or alias like that"))
        : Optional.empty();
  }

  /** Spark's sentence at the best place known. */
  private WeftException spark(
      RuntimeException wrong, Handover.Rejected rejected, HandoverText text) {
    if (wrong instanceof FunctionRejected call) {
      return handover.told(call.error(), place(wrong, text));
    }
    return handover.told(rejected.error(), closer(rejected.place(), place(wrong, text)));
  }

  /** Spark's place, unless Calcite points to a part of it. */
  private static Span closer(Span sparks, Span calcites) {
    boolean inside = sparks.start() <= calcites.start() && calcites.end() <= sparks.end();
    return inside ? calcites : sparks;
  }

  private static Span place(RuntimeException wrong, HandoverText text) {
    Positions positions = new Positions(text.source());
    if (wrong instanceof FunctionRejected call) {
      return positions.span(call.place(), text.span());
    }
    if (wrong instanceof CalciteContextException calcite) {
      return positions.span(
          calcite.getPosLine(), calcite.getPosColumn(), calcite.getEndPosColumn(), text.span());
    }
    return text.span();
  }

  /** What Calcite says, without the place. */
  static String sentence(RuntimeException wrong) {
    Throwable cause = wrong instanceof CalciteContextException ? wrong.getCause() : wrong;
    String message = cause == null ? null : cause.getMessage();
    return Objects.requireNonNullElse(message, wrong.getClass().getSimpleName());
  }

  private static List<String> columns(Map<String, RelNode> relations) {
    return relations.values().stream()
        .flatMap(relation -> relation.getRowType().getFieldNames().stream())
        .distinct()
        .toList();
  }
}
