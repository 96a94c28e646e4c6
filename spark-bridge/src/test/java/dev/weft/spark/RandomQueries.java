package dev.weft.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes random queries over the random tables: of every clause some, none that may fail. */
final class RandomQueries {

  private static final List<String> NUMBERS = List.of("i", "b", "d", "m");

  private final Random random;

  RandomQueries(Random random) {
    this.random = random;
  }

  String next() {
    return switch (random.nextInt(12)) {
      case 0 -> union();
      case 1 -> "with w as (" + plain("r1") + ") select * from w";
      case 2, 3, 4 -> grouped();
      case 5 -> windowed();
      case 6 -> nested();
      case 10 -> generated();
      case 11 -> ordered();
      default -> plain(from());
    };
  }

  /** A query without conditions, and a condition to part its rows by. */
  Parted parted() {
    String from = from();
    return new Parted("select " + items(from) + " from " + from, from, condition(from));
  }

  /** A query and a condition over its FROM. */
  record Parted(String query, String from, String condition) {}

  private String plain(String from) {
    String distinct = random.nextInt(5) == 0 ? "distinct " : "";
    return "select " + distinct + items(from) + " from " + from + where(from);
  }

  private String union() {
    String operator =
        pick("union all", "union", "intersect", "except", "intersect all", "except all");
    return "select i, s, m from r1"
        + where("r1")
        + " "
        + operator
        + " select i, s, m from r2"
        + where("r2");
  }

  private String grouped() {
    String from = from();
    String t = table(from);
    List<String> keys = List.of(pick(t + ".i", t + ".s", t + ".f", t + ".t"), t + ".i % 2");
    String group =
        switch (random.nextInt(5)) {
          case 0 -> "rollup(" + String.join(", ", keys) + ")";
          case 1 -> "cube(" + String.join(", ", keys) + ")";
          case 2 -> "grouping sets ((" + keys.get(0) + "), (" + keys.get(1) + "), ())";
          default -> String.join(", ", keys);
        };
    String having = random.nextInt(3) == 0 ? " having count(*) > " + random.nextInt(3) : "";
    return "select "
        + String.join(", ", keys)
        + ", "
        + aggregates(t)
        + " from "
        + from
        + where(from)
        + " group by "
        + group
        + having;
  }

  private String aggregates(String t) {
    List<String> calls = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      String number = t + "." + pick(NUMBERS);
      calls.add(
          pick(
                  "count(*)",
                  "count(" + number + ")",
                  "sum(" + number + ")",
                  "avg(" + t + ".m)",
                  "min(" + t + ".s)",
                  "max(" + t + ".ts)",
                  "count(distinct " + t + ".s)",
                  "sum(distinct " + t + ".i)",
                  "sum(" + number + ") filter (where " + condition(t) + ")",
                  "sort_array(collect_list(" + t + ".i))",
                  "bool_or(" + t + ".f)")
              + " as g"
              + i);
    }
    return String.join(", ", calls);
  }

  private String windowed() {
    String over =
        "(partition by "
            + pick("s", "f", "i % 2")
            + " order by i, b, d, m, s, t, ts, f, st.x, st.y)";
    return "select i, s, "
        + pick(
            "row_number()",
            "rank()",
            "dense_rank()",
            "count(*)",
            "sum(b)",
            "max(m)",
            "lag(i)",
            "lead(s, 2)",
            "first(d)",
            "ntile(3)")
        + " over "
        + over
        + " as w from r1"
        + where("r1");
  }

  /** Rows made of the elements of an array. */
  private String generated() {
    String where = where("r1");
    return switch (random.nextInt(6)) {
      case 0 -> "select i, explode(a) as x from r1" + where;
      case 1 -> "select s, posexplode_outer(a) as (p, x) from r1" + where;
      case 2 -> "select r1.i, v.x from r1 lateral view explode(a) v as x" + where;
      case 3 ->
          "select x, count(*) as n from r1 lateral view outer explode(a) v as x"
              + where
              + " group by x";
      case 4 ->
          "select i, p, e from r1 lateral view posexplode(array(b, cast(i as bigint))) v as p, e"
              + where;
      default -> "select r1.i, g.x from r1, lateral explode(r1.a) as g(x)" + where;
    };
  }

  /** Aggregates over rows in an order, and rows turned. */
  private String ordered() {
    return switch (random.nextInt(4)) {
      case 0 ->
          "select s, percentile_cont(0.5) within group (order by "
              + pick("i", "b", "d")
              + ") as p from r1"
              + where("r1")
              + " group by s";
      case 1 ->
          "select f, listagg(s, ',') within group (order by s desc, i) as l from r1"
              + where("r1")
              + " group by f";
      case 2 -> "select * from (select s, f, b from r1) pivot (sum(b) as t for f in (true, false))";
      default -> "select * from (select s, i, b from r1) unpivot (v for k in (i, b))";
    };
  }

  private String nested() {
    return switch (random.nextInt(5)) {
      case 0 ->
          "select i, s from r1 where exists (select 1 from r2 where r2.i = r1.i and "
              + condition("r2")
              + ")";
      case 1 -> "select i, s from r1 where i not in (select b from r2 where b is not null)";
      case 2 -> "select i, (select max(r2.m) from r2 where r2.s = r1.s) as x from r1";
      case 3 -> "select i, s from r1 where i in (select i from r2" + where("r2") + ")";
      default ->
          "select q.k, count(*) as n from (select "
              + value("r1")
              + " as k from r1"
              + where("r1")
              + ") q group by q.k";
    };
  }

  private String from() {
    return switch (random.nextInt(6)) {
      case 0 -> "r1 join r2 on r1.i = r2.i";
      case 1 -> "r1 left join r2 on r1.s = r2.s and " + condition("r1");
      case 2 -> "r1 full join r3 on r1.i = r3.i";
      case 3 -> "r2 right join r1 on r2.f = r1.f and r1.i > r2.i";
      default -> pick(RandomTables.NAMES);
    };
  }

  private static String table(String from) {
    return from.substring(0, 2);
  }

  private String items(String from) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i <= 1 + random.nextInt(3); i++) {
      items.add(value(table(from)) + " as c" + i);
    }
    return String.join(", ", items);
  }

  private String where(String from) {
    return random.nextInt(3) == 0 ? "" : " where " + condition(table(from));
  }

  private String value(String from) {
    String t = table(from) + ".";
    String number = t + pick(NUMBERS);
    return pick(
        number,
        number + " + " + t + pick(NUMBERS),
        number + " * 2 - " + t + "i",
        "try_divide(" + number + ", " + t + "i)",
        "coalesce(" + t + "s, 'none')",
        "upper(" + t + "s) || '-'",
        t + "st.x",
        t + "st",
        t + "a",
        "size(" + t + "a)",
        "try_element_at(" + t + "a, 1)",
        "transform(" + t + "a, x -> x + " + t + "i)",
        "struct(" + t + "i as p, " + t + "s)",
        "case when " + condition(from) + " then " + t + "i else -1 end",
        "cast(" + t + "m as int)",
        "date_add(" + t + "t, 3)",
        t + "ts + interval 2 hours",
        "year(" + t + "t)",
        "if(" + t + "f, " + t + "s, null)",
        "nullif(" + t + "i, 2)",
        "round(" + t + "m, 1)",
        t + "i in (1, 2, null)");
  }

  private String condition(String from) {
    String t = table(from) + ".";
    String simple =
        pick(
            t + "i > " + random.nextInt(3),
            t + "i <=> " + t + "b",
            t + "s like '%a%'",
            t + "s is null",
            t + "f",
            "not " + t + "f",
            t + "m between -3 and 4.5",
            t + "i in (1, 2, -1)",
            t + "t > date'2024-05-01'",
            t + "ts < timestamp'2024-03-15 00:00:00'",
            t + "st.x = 1",
            "exists(" + t + "a, x -> x > 1)",
            t + "d <> " + t + "i",
            t + "s is distinct from 'a'");
    return switch (random.nextInt(6)) {
      case 0 -> "(" + simple + " or " + t + "i is null)";
      case 1 -> "(" + simple + " and " + t + "b > 10)";
      case 2 -> "(not (" + simple + "))";
      default -> "(" + simple + ")";
    };
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
