package dev.weft.planner;

import dev.weft.planner.param.GivenParams;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What planning needs to know beside the text.
 *
 * @param folder where the relative paths of the script's own text start; an included file's start
 *     at its own folder
 * @param settings the {@code weft.} settings in force, by key without prefix
 * @param parameters values for {@code ?} in order, or empty when they are not known yet
 * @param seed the seed of the run, for TRAIN without SEED
 * @param byzer whether Byzer's spellings apply
 * @param params values for DECLARE PARAM, and what the session has declared
 */
public record PlanningContext(
    Path folder,
    Map<String, Object> settings,
    Optional<List<Object>> parameters,
    OptionalLong seed,
    boolean byzer,
    GivenParams params) {

  /** Copies the settings. */
  public PlanningContext {
    settings = Map.copyOf(settings);
  }

  /** The same without parameters that have names. */
  public PlanningContext(
      Path folder,
      Map<String, Object> settings,
      Optional<List<Object>> parameters,
      OptionalLong seed,
      boolean byzer) {
    this(folder, settings, parameters, seed, byzer, GivenParams.NONE);
  }
}
