package dev.weft.planner.analyze;

import dev.weft.grammar.Span;
import dev.weft.grammar.WholeWord;
import java.util.regex.Matcher;

/** Finds a word in a statement that only Spark reads, for errors to point to. */
final class WordIn {

  private WordIn() {}

  /** Where the word stands first; the statement where it does not. */
  static Span first(String word, Span span) {
    Matcher found = WholeWord.in(span.text(), word);
    return found.find() ? at(found, span) : span;
  }

  /** Where the word stands last; the statement where it does not. */
  static Span last(String word, Span span) {
    Matcher found = WholeWord.in(span.text(), word);
    Span place = span;
    while (found.find()) {
      place = at(found, span);
    }
    return place;
  }

  private static Span at(Matcher found, Span span) {
    return new Span(span.source(), span.start() + found.start(), span.start() + found.end());
  }
}
