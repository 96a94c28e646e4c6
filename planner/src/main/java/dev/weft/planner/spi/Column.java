package dev.weft.planner.spi;

/**
 * A column as Spark names its type.
 *
 * @param type Spark's DDL text, such as {@code int}, {@code decimal(10,2)}, {@code array<string>}
 */
public record Column(String name, String type, boolean nullable) {}
