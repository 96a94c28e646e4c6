package dev.weft.grammar.format;

import java.util.List;

/** A text with the places where its lines may break. */
public sealed interface Doc {

  /** One word of the script. */
  record Leaf(Word word) implements Doc {}

  /** A place where the line breaks if the group around it does not fit. */
  record Break() implements Doc {}

  /** Parts whose breaks are taken all or none. */
  record Group(List<Doc> parts, boolean broken) implements Doc {
    /** Copies the list. */
    public Group {
      parts = List.copyOf(parts);
    }
  }

  /** Parts whose lines begin further in. */
  record Nest(List<Doc> parts) implements Doc {
    /** Copies the list. */
    public Nest {
      parts = List.copyOf(parts);
    }
  }
}
