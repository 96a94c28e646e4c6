package dev.weft.spark.random;

/** Windows with every kind of frame, and named ones. */
record WindowQueries(RandomWords words) implements RandomQueries.Family {

  private static final String TOTAL = "i, b, d, m, w, s, t, ts, iv, f, st.x, st.y, a, r";

  @Override
  public String next() {
    String partition = words.pick("partition by s ", "partition by f ", "partition by i % 2 ", "");
    return switch (words.number(6)) {
      case 0 -> ranked(partition);
      case 1 -> named(partition);
      case 2 -> top(partition);
      case 3 -> grouped();
      case 4 -> range(partition);
      default -> rows(partition);
    };
  }

  private String ranked(String partition) {
    return "select i, s, "
        + words.pick(
            "row_number()",
            "rank()",
            "dense_rank()",
            "lag(i)",
            "lag(m, 1, 0)",
            "lead(s, 2)",
            "lead(i) ignore nulls",
            "ntile(3)",
            "cume_dist()",
            "percent_rank()")
        + " over ("
        + partition
        + "order by "
        + TOTAL
        + ") as x from r1"
        + words.where("r1");
  }

  private String rows(String partition) {
    String frame =
        words.pick(
            "",
            "rows between unbounded preceding and current row",
            "rows between 2 preceding and 1 following",
            "rows between 1 following and 3 following",
            "rows 1 preceding",
            "rows between current row and unbounded following");
    return "select i, m, "
        + words.pick(
            "count(*)",
            "sum(b)",
            "sum(m)",
            "max(m)",
            "avg(i)",
            "first(d)",
            "last_value(s)",
            "nth_value(i, 2)",
            "first_value(i) ignore nulls",
            "min(t)",
            "collect_list(i)")
        + " over ("
        + partition
        + "order by "
        + TOTAL
        + " "
        + frame
        + ") as x from r1"
        + words.where("r1");
  }

  private String range(String partition) {
    String order =
        words.pick(
            "i range between 1 preceding and 1 following",
            "b desc range between 10 preceding and current row",
            "m range between 1.5 preceding and 2 following",
            "t range between interval 10 days preceding and current row",
            "ts range between interval 1 days 2 hours preceding and interval 0 days 2 hours following",
            "i range between unbounded preceding and current row",
            "s range between current row and unbounded following");
    return "select i, s, "
        + words.pick("count(*)", "sum(i)", "max(m)", "min(s)")
        + " over ("
        + partition
        + "order by "
        + order
        + ") as x from r1"
        + words.where("r1");
  }

  private String named(String partition) {
    return "select i, sum(b) over w1 as x, row_number() over w2 as y, max(s) over w1 as z from r1"
        + words.where("r1")
        + " window w1 as ("
        + words.pick("partition by f", "")
        + "), w2 as ("
        + partition
        + "order by "
        + TOTAL
        + ")";
  }

  private String top(String partition) {
    return "select i, m, x from (select i, m, "
        + words.pick("row_number()", "rank()")
        + " over ("
        + partition
        + "order by "
        + TOTAL
        + ") as x from r1) q where x <= "
        + (1 + words.number(3));
  }

  private String grouped() {
    return "select s, sum(i) as x, rank() over (order by "
        + words.pick("sum(i)", "count(*) desc", "max(m) nulls last")
        + ", s) as y, sum(sum(b)) over () as z from r1"
        + words.where("r1")
        + " group by s";
  }
}
