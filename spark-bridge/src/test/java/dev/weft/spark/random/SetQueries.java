package dev.weft.spark.random;

/** Set operations, of several types, nested and below other clauses. */
record SetQueries(RandomWords words) implements RandomQueries.Family {

  @Override
  public String next() {
    return switch (words.number(5)) {
      case 0 -> "select i, m from r1" + operator() + "select w, b from r2" + words.where("r2");
      case 1 ->
          "select x, count(*) as n from (select i as x from r1"
              + operator()
              + "select b from r2) q group by x";
      case 2 ->
          "(select i, s from r1"
              + words.where("r1")
              + operator()
              + "select i, s from r2)"
              + operator()
              + "select b, upper(s) from r1";
      case 3 ->
          "select i, s from r1"
              + operator()
              + "select i, s from r2 order by i, s limit "
              + (1 + words.number(5));
      default ->
          "select i, s, m from r1"
              + words.where("r1")
              + operator()
              + "select i, s, m from r2"
              + words.where("r2");
    };
  }

  private String operator() {
    return " "
        + words.pick("union all", "union", "intersect", "except", "intersect all", "except all")
        + " ";
  }
}
