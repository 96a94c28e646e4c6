package dev.weft.spark.random;

/** PIVOT and UNPIVOT. */
record TurnedQueries(RandomWords words) implements RandomQueries.Family {

  @Override
  public String next() {
    String where = words.where("r1");
    return switch (words.number(5)) {
      case 0 ->
          "select * from (select s, f, b from r1"
              + where
              + ") pivot (sum(b) as t for f in (true, false))";
      case 1 ->
          "select * from (select i % 2 as k, s, m, b from r1"
              + where
              + ") pivot (max(m) as x, count(b) as n for s in ('a' as a, 'b' as b))";
      case 2 ->
          "select * from (select i, f, s, w from r1) pivot (min(w) for (f, s) in ((true, 'a'), (false, 'b')))";
      case 3 ->
          "select * from (select s, i, b from r1"
              + where
              + ") unpivot include nulls (v for k in (i, b))";
      default ->
          "select k, sum(v) as x from (select s, i, b from r1) unpivot (v for k in (i, b)) group by k";
    };
  }
}
