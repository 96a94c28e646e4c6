package dev.weft.engine;

import java.util.List;
import java.util.Map;

/**
 * The names a session knows, for completion and metadata.
 *
 * @param tables name to columns, script tables and catalog tables
 * @param models name to versions and aliases
 * @param algorithms name to option names
 * @param formats name to option names, as far as they are known
 * @param params what DECLARE PARAM has given values to
 */
public record Names(
    Map<String, List<dev.weft.planner.spi.Column>> tables,
    Map<String, List<String>> models,
    Map<String, List<String>> algorithms,
    List<String> functions,
    List<String> endpoints,
    Map<String, List<String>> formats,
    List<String> settings,
    List<String> params) {}
