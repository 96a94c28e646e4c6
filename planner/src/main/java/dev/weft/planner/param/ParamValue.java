package dev.weft.planner.param;

import java.util.Optional;

/**
 * The value of a declared parameter.
 *
 * @param type Spark's text of its type
 * @param text the value in its one spelling, empty for NULL
 */
public record ParamValue(String name, String type, Optional<String> text) {}
