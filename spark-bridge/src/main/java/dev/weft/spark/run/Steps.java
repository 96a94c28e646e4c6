package dev.weft.spark.run;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a library's jobs tell how far it is: each that has a stage or a data set of a certain name
 * ends a step, or such a name has the number of the step that begins. Steps that jobs do not tell
 * are told by who follows them.
 *
 * @param names what the name starts with; a group in it is the number
 * @param before how many such jobs there are, or what the number is, before the first step is over
 * @param unit what a step is called
 * @param most how many steps there are, or are at most; 0 where nobody can know
 */
public record Steps(Pattern names, long before, String unit, long most) {

  /** Steps that jobs end, by what calls Spark, such as {@code collect at KMeans.scala}. */
  public static Steps counted(String caller, long before, String unit, long most) {
    return new Steps(Pattern.compile(Pattern.quote(caller) + "\\b.*"), before, unit, most);
  }

  /** Steps whose data sets have numbers, such as {@code itemFactors-3}. */
  public static Steps numbered(String names, long before, String unit, long most) {
    return new Steps(Pattern.compile(names), before, unit, most);
  }

  /** Steps that no job tells. */
  public static Steps followed(String unit, long most) {
    return new Steps(Pattern.compile("(?!)"), 0, unit, most);
  }

  boolean numbered() {
    return names.matcher("").groupCount() > 0;
  }

  boolean has(String name) {
    return names.matcher(name).matches();
  }

  /** The number in a name. */
  OptionalLong number(String name) {
    Matcher found = names.matcher(name);
    return found.matches() ? OptionalLong.of(Long.parseLong(found.group(1))) : OptionalLong.empty();
  }
}
