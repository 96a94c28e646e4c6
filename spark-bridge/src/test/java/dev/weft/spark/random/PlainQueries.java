package dev.weft.spark.random;

/** SELECT, WHERE, DISTINCT, ORDER BY with LIMIT and OFFSET, WITH, earlier items. */
record PlainQueries(RandomWords words) implements RandomQueries.Family {

  @Override
  public String next() {
    String from = words.from();
    return switch (words.number(7)) {
      case 0 -> "select distinct i, s, m, w from r1" + words.where("r1");
      case 1 -> ordered();
      case 2 -> "with w as (" + select("r1") + ") select * from w";
      case 3 -> twice();
      case 4 -> "select i + 1 as e1, e1 * 2 as e2, e2 + m as e3 from r1" + words.where("r1");
      default -> select(from);
    };
  }

  private String select(String from) {
    return "select " + words.items(from) + " from " + from + words.where(from);
  }

  /** The order is total: what it leaves open looks the same. */
  private String ordered() {
    String direction = words.pick("", " desc", " nulls last", " desc nulls first");
    return "select i, s, m, t from r1"
        + words.where("r1")
        + " order by s"
        + direction
        + ", i"
        + words.pick("", " desc")
        + ", m, t"
        + words.pick(
            "", " limit " + words.number(6), " limit 4 offset " + words.number(3), " offset 2");
  }

  private String twice() {
    return "with w as (select i, s, count(*) as n, max(m) as x from r1"
        + words.where("r1")
        + " group by i, s), v as (select * from w where n > 0) select a.i, a.n, c.x from w a "
        + words.pick("join", "left join", "full join")
        + " v c on a.i = c.i and a.s <=> c.s";
  }
}
