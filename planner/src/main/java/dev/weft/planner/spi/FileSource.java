package dev.weft.planner.spi;

import java.util.Map;

/**
 * What a LOAD reads or a SAVE writes.
 *
 * @param format lower case, such as {@code csv}
 * @param path absolute path or URI; relative paths are resolved before
 * @param options Spark's own options as text, in the order written, {@code schema} left out
 * @param schema Spark DDL columns ({@code a int, b string}) or empty to infer
 */
public record FileSource(String format, String path, Map<String, String> options, String schema) {}
