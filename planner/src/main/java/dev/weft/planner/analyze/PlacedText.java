package dev.weft.planner.analyze;

import dev.weft.grammar.PathLiterals;
import dev.weft.grammar.Quotes;
import dev.weft.grammar.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A statement of Spark's own with its relative paths made absolute: Spark would start them at the
 * folder of the process, not at the script's.
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
    int copied = statement.start();
    for (Span literal : PathLiterals.of(statement, formats)) {
      placed.text.append(statement.source().text(), copied, literal.start());
      placed.text.append(absolute(literal, state));
      placed.edits.add(new Edit(placed.text.length(), literal.end()));
      copied = literal.end();
    }
    placed.text.append(statement.source().text(), copied, statement.end());
    return placed;
  }

  private static String absolute(Span literal, ScriptState state) {
    String written = literal.text();
    if (written.startsWith("`")) {
      String path = state.files().path(Quotes.name(written), literal);
      return "`" + path.replace("`", "``") + "`";
    }
    String path = state.files().path(Quotes.string(written), literal);
    return "'" + path.replace("\\", "\\\\").replace("'", "\\'") + "'";
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

  /** From {@code at} on the text is the source's from {@code original} on. */
  private record Edit(int at, int original) {}
}
