package dev.weft.planner.param;

import java.util.Map;

/**
 * What is known of parameters before a text is read.
 *
 * @param values what {@code --param} gives, by name
 * @param strict whether the text has to declare each of them, as a script does and an entry at the
 *     terminal need not
 * @param declared what the session has declared, by name in lower case
 */
public record GivenParams(
    Map<String, String> values, boolean strict, Map<String, ParamValue> declared) {

  /** No values, nothing declared. */
  public static final GivenParams NONE = new GivenParams(Map.of(), false, Map.of());

  /** Copies the maps. */
  public GivenParams {
    values = Map.copyOf(values);
    declared = Map.copyOf(declared);
  }
}
