package dev.weft.spark.random;

/** Joins of every kind over columns full of nulls. */
record JoinQueries(RandomWords words) implements RandomQueries.Family {

  private static final String THIRD = "(select i, max(s) as z from r1 group by i) r4";

  @Override
  public String next() {
    String type = words.pick("join", "left join", "right join", "full join");
    String key = words.pick("i", "s", "m", "f");
    return switch (words.number(8)) {
      case 0 -> "select * from (select i, s from r1) natural " + type + " (select i, m from r2)";
      case 1 ->
          "select "
              + key
              + ", r1.b, r2.b from r1 "
              + type
              + " r2 using ("
              + key
              + ")"
              + " where r1.b is null or r2.b > 20";
      case 2 ->
          "select r1.i, r1.s from r1 left "
              + words.pick("semi", "anti")
              + " join r2 on r1."
              + key
              + " = r2."
              + key
              + " and "
              + words.condition("r2");
      case 3 ->
          "select r1.i, r2.s, r4.z from r1 "
              + type
              + " r2 on r1.s = r2.s left join "
              + THIRD
              + " on r2.i = r4.i";
      case 4 ->
          "select count(*) as n from r1 cross join r2 where r1.i > r2.i and "
              + words.condition("r1");
      case 5 ->
          "select r1.i, r2.i from r1 " + type + " r2 on r1.i < r2.b and " + words.condition("r2");
      case 6 -> "select a.i, c.s from r1 a join r1 c on a.i = c.i and a.b <= c.b";
      default ->
          "select r1.i, r2.w from r1 "
              + type
              + " r2 on r1.w = r2.m or r1.i = r2.i where coalesce(r2.i, r1.i) >= 0";
    };
  }
}
