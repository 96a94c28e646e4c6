package dev.weft.grammar;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds a name in a text as a word of its own, in any case, where no parse tells names apart. */
public final class WholeWord {

  private static final int FLAGS =
      Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS;

  private WholeWord() {}

  /** The places of a word, each by {@link Matcher#find}. */
  public static Matcher in(String text, String word) {
    return Pattern.compile("(?<!\\w)" + Pattern.quote(word) + "(?!\\w)", FLAGS).matcher(text);
  }
}
