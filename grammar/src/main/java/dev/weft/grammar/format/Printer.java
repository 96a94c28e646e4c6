package dev.weft.grammar.format;

import dev.weft.grammar.format.Doc.Break;
import dev.weft.grammar.format.Doc.Group;
import dev.weft.grammar.format.Doc.Leaf;
import dev.weft.grammar.format.Doc.Nest;
import java.util.List;

/** Writes docs: a group stays on its line where it fits, else all its breaks are taken. */
public final class Printer {

  /** The longest line where a break can help. */
  public static final int WIDTH = 100;

  private static final int STEP = 2;

  private final StringBuilder out = new StringBuilder();
  private int lineStart;
  private int column;
  private boolean lineOver;
  private boolean parted;

  private Printer() {}

  /** The text of one statement, first comments included. */
  public static String print(Doc doc) {
    Printer printer = new Printer();
    printer.write(doc, 0, false, 0);
    return printer.out.toString();
  }

  /**
   * @param broken whether breaks are taken here
   * @param tail the width of what follows without a break
   */
  private void write(Doc doc, int indent, boolean broken, int tail) {
    if (doc instanceof Leaf leaf) {
      word(leaf.word(), indent);
    } else if (doc instanceof Break) {
      if (broken) {
        newLine(indent);
      }
    } else if (doc instanceof Nest nest) {
      all(nest.parts(), indent + STEP, broken, tail);
    } else if (doc instanceof Group group) {
      boolean fits = !group.breaks() && column + group.width() + tail <= WIDTH;
      all(group.parts(), indent, !fits, tail);
    }
  }

  private void all(List<Doc> parts, int indent, boolean broken, int tail) {
    for (int i = 0; i < parts.size(); i++) {
      write(parts.get(i), indent, broken, tail(parts, i + 1, broken, tail));
    }
  }

  /** What stands on the same line behind a part, up to the next break that is taken. */
  private int tail(List<Doc> parts, int from, boolean broken, int tail) {
    int width = 0;
    for (int i = from; i < parts.size() && width <= WIDTH; i++) {
      if (broken && parts.get(i) instanceof Break) {
        return width;
      }
      if (broken && beginsWithBreak(parts.get(i))) {
        return width;
      }
      width += parts.get(i).width();
    }
    return width + tail;
  }

  private static boolean beginsWithBreak(Doc doc) {
    return doc instanceof Nest nest
        && !nest.parts().isEmpty()
        && (nest.parts().get(0) instanceof Break || beginsWithBreak(nest.parts().get(0)));
  }

  private void word(Word word, int indent) {
    for (Word.Comment comment : word.before()) {
      newLine(indent);
      if (comment.apart() && out.length() > 0) {
        out.append('\n');
        lineStart = out.length();
        out.append(" ".repeat(indent));
      }
      append(comment.text());
      lineOver = true;
    }
    if (lineOver) {
      newLine(indent);
    } else if ((word.space() || parted) && column > 0 && !atStart()) {
      append(" ");
    }
    append(word.text());
    parted = !word.after().isEmpty();
    for (Word.Comment comment : word.after()) {
      append(" " + comment.text());
      lineOver = comment.endsLine();
    }
  }

  private void newLine(int indent) {
    lineOver = false;
    if (atStart()) {
      out.setLength(lineStart);
    } else {
      out.append('\n');
      lineStart = out.length();
    }
    out.append(" ".repeat(indent));
    column = indent;
  }

  /** Whether nothing but blanks stands on the line. */
  private boolean atStart() {
    for (int i = out.length() - 1; i >= lineStart; i--) {
      if (out.charAt(i) != ' ') {
        return false;
      }
    }
    return true;
  }

  private void append(String text) {
    out.append(text);
    int line = text.lastIndexOf('\n');
    lineStart = line < 0 ? lineStart : out.length() - text.length() + line + 1;
    column = line < 0 ? column + text.length() : text.length() - line - 1;
  }
}
