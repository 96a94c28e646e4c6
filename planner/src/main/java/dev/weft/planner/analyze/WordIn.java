package dev.weft.planner.analyze;

import dev.weft.grammar.Span;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds a word in a statement that only Spark reads, for errors to point to. */
final class WordIn {

  private WordIn() {}

  /** Where the word stands first; the statement where it does not. */
  static Span first(String word, Span span) {
    Matcher found = of(word, span);
    return found.find() ? at(found, span) : span;
  }

  /** Where the word stands last; the statement where it does not. */
  static Span last(String word, Span span) {
    Matcher found = of(word, span);
    Span place = span;
    while (found.find()) {
      place = at(found, span);
    }
    return place;
  }

  private static Matcher of(String word, Span span) {
    int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS;
    String whole = "(?<!\\w)" + Pattern.quote(word) + "(?!\\w)";
    return Pattern.compile(whole, flags).matcher(span.text());
  }

  private static Span at(Matcher found, Span span) {
    return new Span(span.source(), span.start() + found.start(), span.start() + found.end());
  }
}
