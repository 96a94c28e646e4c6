package dev.weft.engine;

import dev.weft.grammar.Source;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A text to run as a script.
 *
 * @param folder where its relative paths start
 * @param seed given on the command line, for TRAIN without SEED
 * @param params values for DECLARE PARAM, by name
 * @param strict whether the text has to declare each of them
 */
public record Submission(
    Source source, Path folder, OptionalLong seed, Map<String, String> params, boolean strict) {

  /** Copies the values. */
  public Submission {
    params = Map.copyOf(params);
  }

  /** One without values for parameters. */
  public Submission(Source source, Path folder, OptionalLong seed) {
    this(source, folder, seed, Map.of(), false);
  }
}
