package dev.weft.spark.random;

/** Pipes of some steps. */
record PipeQueries(RandomWords words) implements RandomQueries.Family {

  @Override
  public String next() {
    StringBuilder pipe = new StringBuilder("from r1");
    for (int i = words.number(3); i >= 0; i--) {
      pipe.append(" |> ").append(step());
    }
    return pipe.append(" |> ").append(last()).toString();
  }

  /** A step behind which all columns of the table are there. */
  private String step() {
    return words.pick(
        "where i > 0 or i is null",
        "where s like '%a%'",
        "extend i + 1 as e",
        "set b = coalesce(b, i)",
        "as r1",
        "where i in (select i from r2)");
  }

  private String last() {
    return words.pick(
        "select i, s, m * 2 as x",
        "aggregate count(*) as n, sum(b) as x group by s",
        "aggregate max(m) as x",
        "select i, s |> aggregate group by i, s",
        "drop a, st, r, mp |> order by i, b, d, m, w, s, t, ts, iv, f |> limit 3",
        "select i, s |> union all select i, s from r2",
        "select i, s |> except select i, s from r2",
        "select i as k, s |> join (select i as k, m from r2) using (k) |> select k, s, m",
        "select s, f, b |> pivot (sum(b) for f in (true, false))",
        "select i, b |> where b > 10 |> extend b - i as y |> where y > 20");
  }
}
