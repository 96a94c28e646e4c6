package dev.weft.spark.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The words that all families of random queries are made of: choices, columns, conditions. */
final class RandomWords {

  private final Random random;

  RandomWords(Random random) {
    this.random = random;
  }

  String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  int number(int below) {
    return random.nextInt(below);
  }

  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  /** A column of a table: {@code r1.m}. */
  String number(String table) {
    return table + "." + pick("i", "b", "d", "m", "w");
  }

  /** A table, or two joined. */
  String from() {
    return switch (number(8)) {
      case 0 -> "r1 join r2 on r1.i = r2.i";
      case 1 -> "r1 left join r2 on r1.s = r2.s and " + condition("r1");
      case 2 -> "r1 full join r3 on r1.i = r3.i";
      case 3 -> "r2 right join r1 on r2.f = r1.f and r1.i > r2.i";
      case 4 -> "r1 left join r2 on r1.m <=> r2.m and coalesce(r1.s = r2.s, true)";
      case 5 -> "r1 full join r2 on r1.b = r2.i or r1.s is null";
      default -> pick(RandomTables.NAMES.toArray(String[]::new));
    };
  }

  /** The first table of a FROM, which has all columns. */
  static String table(String from) {
    return from.substring(0, 2);
  }

  String where(String from) {
    return oneIn(3) ? "" : " where " + condition(table(from));
  }

  String items(String from) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i <= 1 + number(3); i++) {
      items.add(value(table(from)) + " as c" + i);
    }
    return String.join(", ", items);
  }

  /** A value of any type that rows can be told apart and sorted by. */
  String value(String table) {
    String t = table + ".";
    return switch (number(5)) {
      case 0 -> Values.dates(this, t);
      case 1 -> Values.nested(this, t);
      case 2 -> Values.mixed(this, t);
      default -> Values.plain(this, t);
    };
  }

  /** A condition in brackets that may be true, false or null. */
  String condition(String table) {
    String t = table + ".";
    String simple =
        pick(
            t + "i > " + number(3),
            t + "i <=> " + t + "b",
            t + "s like '%a%'",
            t + "s is null",
            t + "f",
            "not " + t + "f",
            t + "m between -3 and 4.5",
            t + "w >= " + t + "m",
            t + "i in (1, 2, -1)",
            t + "i not in (1, null)",
            t + "t > date'2024-05-01'",
            t + "t + interval 1 month > '2024-06-11'",
            t + "ts < timestamp'2024-03-15 00:00:00'",
            t + "st.x = 1",
            t + "st.y <> " + t + "s",
            "exists(" + t + "a, x -> x > 1)",
            "coalesce(" + t + "mp['a'], 0) > " + t + "i",
            t + "d <> " + t + "i",
            t + "s is distinct from 'a'",
            "coalesce(" + t + "f, " + t + "i = 0)");
    return switch (number(7)) {
      case 0 -> "(" + simple + " or " + t + "i is null)";
      case 1 -> "(" + simple + " and " + t + "b > 10)";
      case 2 -> "(not (" + simple + "))";
      case 3 -> "(case when " + t + "i > 0 then " + simple + " else " + t + "f end)";
      default -> "(" + simple + ")";
    };
  }
}
