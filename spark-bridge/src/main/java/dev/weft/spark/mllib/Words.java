package dev.weft.spark.mllib;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words of a text, in small letters: what letters and digits make, in any script. */
final class Words {

  /** What stands between words. */
  static final String BETWEEN = "[^\\p{L}\\p{N}]+";

  private static final Pattern PATTERN = Pattern.compile(BETWEEN);

  private Words() {}

  /** Of a text, or of an array whose elements are words as they stand; null has none. */
  static List<String> of(@Nullable Object value) {
    List<String> words = new ArrayList<>();
    if (value instanceof List<?> given) {
      given.forEach(word -> words.add(word == null ? "" : word.toString()));
    } else if (value != null) {
      for (String word : PATTERN.split(value.toString().toLowerCase(Locale.ROOT))) {
        if (!word.isEmpty()) {
          words.add(word);
        }
      }
    }
    return words;
  }
}
