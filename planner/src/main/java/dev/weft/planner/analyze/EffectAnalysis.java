package dev.weft.planner.analyze;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import dev.weft.grammar.ast.SparkStatement;
import dev.weft.planner.FollowUp;
import dev.weft.planner.error.SparkSentence;
import dev.weft.planner.rel.LateRows;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.SparkError;
import dev.weft.planner.spi.StatementEffect;
import dev.weft.planner.spi.StatementEffect.IfThere;
import dev.weft.planner.spi.StatementEffect.Makes;
import dev.weft.planner.spi.StatementEffect.Removes;
import dev.weft.planner.spi.StatementEffect.Unknown;
import dev.weft.planner.spi.StatementEffect.Writes;
import dev.weft.planner.types.SparkTypes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.rel.RelNode;

/** What the statements behind one of Spark's own can be checked against before it has run. */
final class EffectAnalysis {

  private final ScriptState state;

  EffectAnalysis(ScriptState state) {
    this.state = state;
  }

  /** Whether it is known what the statement will have done; then the overlay has it. */
  boolean foresee(SparkStatement statement) {
    StatementEffect effect = effect(statement.span());
    if (effect instanceof Makes made) {
      make(made, statement.span());
    } else if (effect instanceof Removes removed) {
      remove(removed, statement.span());
    } else if (effect instanceof Writes written) {
      require(written.table(), statement.span());
    }
    return !(effect instanceof Unknown);
  }

  private StatementEffect effect(Span span) {
    PlacedText text = PlacedText.of(span, state);
    try {
      return state.outside().relations().effect(text.text(), state.overlay().relations());
    } catch (SparkError wrong) {
      throw told(wrong, text, span);
    }
  }

  /** The error with the nearest name where Spark knows none. */
  private WeftException told(SparkError wrong, PlacedText text, Span span) {
    Span place = place(wrong, text, span);
    String name = SparkSentence.subject(wrong).orElse("");
    return switch (wrong.condition()) {
      case "TABLE_OR_VIEW_NOT_FOUND" ->
          ErrorCode.TABLE_NOT_FOUND.failure(place, name, Nearest.hintOrList(name, tableNames()));
      case "UNRESOLVED_ROUTINE", "ROUTINE_NOT_FOUND" ->
          ErrorCode.FUNCTION_NOT_FOUND.failure(
              place, name, Nearest.hint(name, state.outside().relations().functionNames()));
      default -> SparkSentence.of(wrong, place);
    };
  }

  /** Where Spark says that it is; else the name it speaks of; else the statement. */
  private static Span place(SparkError wrong, PlacedText text, Span span) {
    int start = wrong.offset().stream().map(text::offset).findFirst().orElse(span.start());
    int end = wrong.end().stream().map(text::offset).findFirst().orElse(span.end());
    Span given = new Span(span.source(), start, Math.max(end, start + 1));
    return SparkSentence.subject(wrong).map(name -> WordIn.last(name, given)).orElse(given);
  }

  private List<String> tableNames() {
    List<String> names = new ArrayList<>(state.tableNames());
    names.addAll(state.outside().relations().tableNames());
    return names;
  }

  private void make(Makes made, Span span) {
    differ(made.columns(), span);
    Overlay overlay = state.overlay();
    boolean keeps = made.ifThere() == IfThere.KEEPS;
    if (made.ifThere() == IfThere.FAILS && isTaken(made.table())) {
      throw ErrorCode.NAME_TAKEN.failure(
          WordIn.first(made.table(), span),
          "there is a table or view '"
              + made.table()
              + "' already; drop it first, or write CREATE OR REPLACE or IF NOT EXISTS");
    }
    boolean there =
        overlay.has(made.table())
            || (keeps && !overlay.isGone(made.table()) && stored(made.table(), span));
    if (!keeps || !there) {
      overlay.made(made.table(), empty(made), made.ifThere() == IfThere.FAILS);
    }
  }

  /** Whether the name is a table's or a lasting view's; a table of the script may share it. */
  private boolean isTaken(String table) {
    boolean there = !state.overlay().isGone(table) && state.outside().relations().isStored(table);
    return there || state.overlay().isStored(table);
  }

  private void remove(Removes removed, Span span) {
    Overlay overlay = state.overlay();
    String table = removed.table();
    if (!removed.ifThere() && !overlay.has(table) && !isBroken(table)) {
      require(table, span);
    }
    overlay.removed(table);
  }

  /** What cannot be understood any more can still be dropped. */
  private boolean isBroken(String table) {
    try {
      boolean there = state.outside().relations().tableColumns(table).isPresent();
      return !there && state.outside().relations().isStored(table);
    } catch (SparkError broken) {
      return true;
    }
  }

  /** Whether the catalog has a table, which may be there and impossible to understand. */
  private boolean stored(String table, Span span) {
    try {
      return state.outside().relations().tableColumns(table).isPresent();
    } catch (SparkError broken) {
      throw SparkSentence.of(broken, WordIn.first(table, span));
    }
  }

  /** Stands for the table in checks only: what reads it is planned again when it is there. */
  private RelNode empty(Makes made) {
    return new LateRows(
        state.cluster(),
        state.cluster().traitSetOf(Convention.NONE),
        made.table(),
        List::of,
        SparkTypes.row(made.columns(), state.cluster().getTypeFactory()));
  }

  private void require(String table, Span span) {
    if (state.overlay().isGone(table)) {
      throw new FollowUp(table);
    }
    if (state.table(table).isEmpty() && !stored(table, span)) {
      throw ErrorCode.TABLE_NOT_FOUND.failure(
          WordIn.first(table, span), table, Nearest.hintOrList(table, tableNames()));
    }
  }

  /** Fails where a column is there twice. */
  private static void differ(List<Column> columns, Span span) {
    Set<String> seen = new HashSet<>();
    for (Column column : columns) {
      String name = column.name();
      if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        throw ErrorCode.NAME_TAKEN.failure(
            WordIn.last(name, span),
            "the column '" + name + "' is there twice; rename one of them");
      }
    }
  }
}
