package dev.weft.spark.random;

import java.util.ArrayList;
import java.util.List;

/** GROUP BY with grouping sets, HAVING, FILTER, DISTINCT and aggregates in an order. */
record GroupQueries(RandomWords words) implements RandomQueries.Family {

  @Override
  public String next() {
    return switch (words.number(6)) {
      case 0 -> whole(words.pick("r1", "r3"));
      case 1 -> all();
      case 2 -> ordered();
      default -> grouped();
    };
  }

  private String whole(String table) {
    return "select " + aggregates(table) + " from " + table;
  }

  private String grouped() {
    String from = words.from();
    String t = RandomWords.table(from);
    String key = words.pick(t + ".i", t + ".s", t + ".f", t + ".t", t + ".m", t + ".st");
    String other = words.pick(t + ".i % 2", "coalesce(" + t + ".s, '-')", "year(" + t + ".t)");
    String group =
        switch (words.number(7)) {
          case 0 -> "rollup(" + key + ", " + other + ")";
          case 1 -> "cube(" + key + ", " + other + ")";
          case 2 -> "grouping sets ((" + key + "), (" + other + "), ())";
          case 3 -> "grouping sets ((" + key + ", " + other + "), (" + other + "))";
          case 4 -> key + ", rollup(" + other + ")";
          default -> key + ", " + other;
        };
    return "select "
        + key
        + " as k1, "
        + other
        + " as k2, "
        + aggregates(t)
        + " from "
        + from
        + words.where(from)
        + " group by "
        + group
        + having(t);
  }

  private String having(String t) {
    return words.oneIn(3)
        ? " having "
            + words.pick(
                "count(*) > " + words.number(3),
                "max(" + t + ".m) > 1 or min(" + t + ".i) is null",
                "sum(" + t + ".i) <> 0",
                "bool_or(" + t + ".f)")
        : "";
  }

  private String all() {
    return "select i % 2 as k, s, "
        + aggregates("r1")
        + " from r1"
        + words.where("r1")
        + " group by all";
  }

  private String ordered() {
    return switch (words.number(4)) {
      case 0 ->
          "select s, percentile_cont(0.5) within group (order by "
              + words.pick("i", "b", "d")
              + ") as p, median(i) as q from r1"
              + words.where("r1")
              + " group by s";
      case 1 ->
          "select f, listagg(s, ',') within group (order by s desc, i) as l from r1"
              + words.where("r1")
              + " group by f";
      case 2 ->
          "select s, percentile_disc(0.5) within group (order by i desc) over (partition by s) as p from r1"
              + words.where("r1");
      default ->
          "select f, max_by(s, i * 1000 + b) as x, min_by(i, b * 100 + i) as y from r1 group by f";
    };
  }

  private String aggregates(String t) {
    List<String> calls = new ArrayList<>();
    for (int i = 0; i <= words.number(3); i++) {
      calls.add(aggregate(t) + " as g" + i);
    }
    return String.join(", ", calls);
  }

  private String aggregate(String t) {
    String number = words.number(t);
    return words.pick(
        "count(*)",
        "count(" + number + ")",
        "sum(" + number + ")",
        "avg(" + t + ".m)",
        "avg(" + t + ".w) + sum(" + t + ".m)",
        "min(" + t + ".s)",
        "max(" + t + ".ts)",
        "max(" + t + ".st)",
        "sum(" + t + ".iv)",
        "count(distinct " + t + ".s)",
        "count(distinct " + t + ".s, " + t + ".i)",
        "sum(distinct " + t + ".i)",
        "sum(" + number + ") filter (where " + words.condition(t) + ")",
        "count(*) filter (where " + words.condition(t) + ")",
        "sort_array(collect_list(" + t + ".i))",
        "sum(case when " + words.condition(t) + " then " + number + " end)",
        "bool_or(" + t + ".f)");
  }
}
