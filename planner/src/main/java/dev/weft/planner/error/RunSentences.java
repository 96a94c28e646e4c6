package dev.weft.planner.error;

import java.util.Map;
import java.util.Optional;

/** The conditions that running ends with, each in a sentence of ours. */
final class RunSentences {

  private static final Map<String, String> ALL =
      Map.ofEntries(
          Map.entry("TABLE_OR_VIEW_NOT_FOUND", "there is no table '{relationName}'"),
          Map.entry(
              "TABLE_OR_VIEW_ALREADY_EXISTS",
              "there is a table or view '{relationName}' already; drop it first, or write CREATE OR"
                  + " REPLACE or IF NOT EXISTS"),
          Map.entry(
              "SCHEMA_ALREADY_EXISTS",
              "there is a database '{schemaName}' already; write IF NOT EXISTS to keep it"),
          Map.entry("SCHEMA_NOT_FOUND", "there is no database '{schemaName}'"),
          Map.entry("DIVIDE_BY_ZERO", "division by zero; try_divide gives NULL instead"),
          Map.entry(
              "REMAINDER_BY_ZERO", "remainder of a division by zero; try_mod gives NULL instead"),
          Map.entry("INTERVAL_DIVIDED_BY_ZERO", "division by zero; try_divide gives NULL instead"),
          Map.entry(
              "CAST_INVALID_INPUT",
              "{expression} is no {targetType}; correct it, or use try_cast to get NULL instead"),
          Map.entry(
              "CAST_OVERFLOW",
              "{value} does not fit {targetType}; take a wider type, or try_cast to get NULL instead"),
          Map.entry(
              "BINARY_ARITHMETIC_OVERFLOW",
              "{value1} {symbol} {value2} does not fit its type; cast to a wider one, or use"
                  + " {functionName} to get NULL instead"),
          Map.entry(
              "INVALID_ARRAY_INDEX",
              "the array has {arraySize} elements and none at {indexValue}; get(array, index) gives"
                  + " NULL instead"),
          Map.entry(
              "INVALID_ARRAY_INDEX_IN_ELEMENT_AT",
              "the array has {arraySize} elements and none at {indexValue}; try_element_at gives NULL"
                  + " instead"),
          Map.entry(
              "SCALAR_SUBQUERY_TOO_MANY_ROWS",
              "a subquery that stands for a value gave more than one row; add LIMIT 1 or an aggregate"
                  + " function"),
          Map.entry(
              "DUPLICATED_MAP_KEY",
              "a map got the key {key} twice; set spark.sql.mapKeyDedupPolicy = LAST_WIN keeps the"
                  + " last"));

  private RunSentences() {}

  /** The template of a condition, if it has one of ours. */
  static Optional<String> of(String condition) {
    return Optional.ofNullable(ALL.get(condition));
  }
}
