package dev.weft.spark.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small tables of random rows, nulls and ties among them; one of them is empty. */
public final class RandomTables {

  static final List<String> NAMES = List.of("r1", "r2", "r3");

  private static final String COLUMNS = "(i, b, d, m, w, s, t, ts, iv, f, a, st, r, mp)";

  private final Random random;

  public RandomTables(Random random) {
    this.random = random;
  }

  /** The statements that make them. */
  public List<String> statements() {
    return NAMES.stream().map(this::view).toList();
  }

  private String view(String name) {
    int count = name.equals("r3") ? 0 : 4 + random.nextInt(12);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < Math.max(1, count); i++) {
      rows.add("(" + String.join(", ", row()) + ")");
    }
    return "create or replace temporary view "
        + name
        + " as select * from values "
        + String.join(", ", rows)
        + " as v"
        + COLUMNS
        + (count == 0 ? " where false" : "");
  }

  private List<String> row() {
    return List.of(
        or("int", String.valueOf(below(7) - 3)),
        or("bigint", below(100) + "L"),
        or("double", (below(20) - 10) / 4.0 + "D"),
        or("decimal(9,2)", "cast(" + (below(2000) - 1000) / 100.0 + " as decimal(9,2))"),
        or("decimal(20,6)", "cast(" + (below(20) - 10) / 8.0 + " as decimal(20,6))"),
        or("string", "'" + List.of("", "a", "b", "ab", "Z", "x y", "12").get(below(7)) + "'"),
        or("date", "date'2024-0" + (1 + below(9)) + "-1" + below(10) + "'"),
        or("timestamp", "timestamp'2024-03-1" + below(10) + " 0" + below(10) + ":30:00'"),
        or(
            "interval day to second",
            "interval '" + below(5) + " 0" + below(9) + ":00:00' day to second"),
        or("boolean", String.valueOf(random.nextBoolean())),
        or("array<int>", "array(" + below(3) + ", null, " + below(3) + ")"),
        or(
            "struct<x: int, y: string>",
            "named_struct('x', " + below(4) + ", 'y', 'k" + below(2) + "')"),
        or(
            "array<struct<k: int, v: string>>",
            "array(named_struct('k', " + below(3) + ", 'v', 'e" + below(2) + "'))"),
        or("map<string, int>", "map('a', " + below(4) + ", 'b', null)"));
  }

  private int below(int limit) {
    return random.nextInt(limit);
  }

  private String or(String type, String value) {
    return random.nextInt(5) == 0 ? "cast(null as " + type + ")" : value;
  }
}
