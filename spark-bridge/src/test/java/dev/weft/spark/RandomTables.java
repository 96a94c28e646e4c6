package dev.weft.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.classic.SparkSession;

/** Small tables of random rows, nulls and ties among them. */
final class RandomTables {

  static final List<String> NAMES = List.of("r1", "r2", "r3");

  private final Random random;

  RandomTables(Random random) {
    this.random = random;
  }

  void create(SparkSession session) {
    for (String name : NAMES) {
      List<String> rows = new ArrayList<>();
      int count = name.equals("r3") ? 0 : 4 + random.nextInt(12);
      for (int i = 0; i < count; i++) {
        rows.add(row());
      }
      if (rows.isEmpty()) {
        rows.add(row());
      }
      String where = count == 0 ? " where false" : "";
      session.sql(
          "create or replace temporary view "
              + name
              + " as select * from values "
              + String.join(", ", rows)
              + " as v(i, b, d, m, s, t, ts, f, a, st)"
              + where);
    }
  }

  private String row() {
    return "("
        + String.join(
            ", ",
            or("cast(null as int)", String.valueOf(random.nextInt(7) - 3)),
            or("cast(null as bigint)", random.nextInt(100) + "L"),
            or("cast(null as double)", (random.nextInt(20) - 10) / 4.0 + "D"),
            or(
                "cast(null as decimal(9,2))",
                "cast(" + (random.nextInt(2000) - 1000) / 100.0 + " as decimal(9,2))"),
            or(
                "cast(null as string)",
                "'" + List.of("", "a", "b", "ab", "Z", "x y").get(random.nextInt(6)) + "'"),
            or(
                "cast(null as date)",
                "date'2024-0" + (1 + random.nextInt(9)) + "-1" + random.nextInt(10) + "'"),
            or(
                "cast(null as timestamp)",
                "timestamp'2024-03-1" + random.nextInt(10) + " 0" + random.nextInt(10) + ":30:00'"),
            or("cast(null as boolean)", String.valueOf(random.nextBoolean())),
            or(
                "cast(null as array<int>)",
                "array(" + random.nextInt(3) + ", null, " + random.nextInt(3) + ")"),
            or(
                "cast(null as struct<x: int, y: string>)",
                "named_struct('x', " + random.nextInt(4) + ", 'y', 'k" + random.nextInt(2) + "')"))
        + ")";
  }

  private String or(String nothing, String value) {
    return random.nextInt(5) == 0 ? nothing : value;
  }
}
