package dev.weft.planner.analyze;

import dev.weft.grammar.ParameterMarkers;
import dev.weft.grammar.ParameterMarkers.Marker;
import dev.weft.grammar.PathLiterals;
import dev.weft.grammar.Quotes;
import dev.weft.grammar.Span;
import dev.weft.planner.param.ParamText;
import dev.weft.planner.param.ParamValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A statement of Spark's own with the values of its parameters, and its relative paths made
 * absolute: Spark would start them at the folder of the process, not at the script's.
 */
final class PlacedText {

  private final Span statement;
  private final StringBuilder text = new StringBuilder();
  private final List<Edit> edits = new ArrayList<>();

  private PlacedText(Span statement) {
    this.statement = statement;
  }

  static PlacedText of(Span statement, ScriptState state) {
    PlacedText placed = new PlacedText(statement);
    Set<String> formats = Set.copyOf(state.outside().relations().formats());
    SortedMap<Integer, Change> changes = new TreeMap<>();
    for (Span literal : PathLiterals.of(statement, formats)) {
      changes.put(literal.start(), new Change(literal, absolute(literal, state)));
    }
    for (Marker marker : ParameterMarkers.of(statement, state.parameters()::isDeclared)) {
      String value = value(marker, statement, state);
      changes.put(marker.span().start(), new Change(marker.span(), value));
    }
    placed.write(changes.values());
    return placed;
  }

  private void write(Collection<Change> changes) {
    int copied = statement.start();
    for (Change change : changes) {
      text.append(statement.source().text(), copied, change.place.start()).append(change.with);
      edits.add(new Edit(text.length(), change.place.end()));
      copied = change.place.end();
    }
    text.append(statement.source().text(), copied, statement.end());
  }

  /** A parameter's value; a relative path where a path stands starts at the script's folder. */
  private static String value(Marker marker, Span statement, ScriptState state) {
    ParamValue value = state.parameters().named(marker.name(), marker.span());
    String before = statement.source().text().substring(statement.start(), marker.span().start());
    return value.text().isPresent() && PathLiterals.follows(before)
        ? ParamText.quoted(state.files().path(value.text().get(), marker.span()))
        : ParamText.of(value);
  }

  private static String absolute(Span literal, ScriptState state) {
    String written = literal.text();
    if (written.startsWith("`")) {
      return Quotes.quoted(state.files().path(Quotes.name(written), literal));
    }
    String path = state.files().path(Quotes.string(written), literal);
    return ParamText.quoted(path);
  }

  /** What Spark gets. */
  String text() {
    return text.toString();
  }

  /** The offset in the source of an offset in {@link #text}. */
  int offset(int at) {
    int offset = statement.start() + at;
    for (Edit edit : edits) {
      if (at >= edit.at) {
        offset = edit.original + at - edit.at;
      }
    }
    return Math.min(offset, statement.end());
  }

  /** What stands at a place instead. */
  private record Change(Span place, String with) {}

  /** From {@code at} on the text is the source's from {@code original} on. */
  private record Edit(int at, int original) {}
}
