package dev.weft.grammar.format;

import java.util.List;

/**
 * A text with the places where its lines may break. Each part is measured once, when it is made.
 */
public sealed interface Doc {

  /** Its characters on one line. */
  int width();

  /** Whether a break is asked for inside, or a comment ends a line before the last word. */
  boolean breaks();

  /** Whether a comment behind the last word ends the line. */
  boolean ends();

  /** One word of the script. */
  record Leaf(Word word, int width, boolean breaks, boolean ends) implements Doc {
    /** Measures the word. */
    public Leaf(Word word) {
      this(word, word.width(), word.breaks(), word.ends());
    }
  }

  /** A place where the line breaks if the group around it does not fit. */
  record Break() implements Doc {
    @Override
    public int width() {
      return 0;
    }

    @Override
    public boolean breaks() {
      return false;
    }

    @Override
    public boolean ends() {
      return false;
    }
  }

  /** Parts whose breaks are taken all or none. */
  record Group(List<Doc> parts, int width, boolean breaks, boolean ends) implements Doc {
    /** Copies the list. */
    public Group {
      parts = List.copyOf(parts);
    }

    /** Measures the parts; {@code broken} asks for the breaks. */
    public Group(List<Doc> parts, boolean broken) {
      this(parts, sum(parts), broken || anyBreaks(parts), lastEnds(parts));
    }
  }

  /** Parts whose lines begin further in. */
  record Nest(List<Doc> parts, int width, boolean breaks, boolean ends) implements Doc {
    /** Copies the list. */
    public Nest {
      parts = List.copyOf(parts);
    }

    /** Measures the parts. */
    public Nest(List<Doc> parts) {
      this(parts, sum(parts), anyBreaks(parts), lastEnds(parts));
    }
  }

  private static int sum(List<Doc> parts) {
    int width = 0;
    for (Doc part : parts) {
      width += part.width();
    }
    return width;
  }

  private static boolean anyBreaks(List<Doc> parts) {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).breaks() || i + 1 < parts.size() && parts.get(i).ends()) {
        return true;
      }
    }
    return false;
  }

  private static boolean lastEnds(List<Doc> parts) {
    return !parts.isEmpty() && parts.get(parts.size() - 1).ends();
  }
}
