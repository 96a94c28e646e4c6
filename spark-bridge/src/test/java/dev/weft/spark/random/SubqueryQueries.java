package dev.weft.spark.random;

/** IN, EXISTS and scalar subqueries, correlated or not, in every clause that may hold them. */
record SubqueryQueries(RandomWords words) implements RandomQueries.Family {

  @Override
  public String next() {
    String not = words.pick("", "not ");
    return switch (words.number(12)) {
      case 0 ->
          "select i, s from r1 where "
              + not
              + "exists (select 1 from r2 where r2.i = r1.i and "
              + words.condition("r2")
              + ")";
      case 1 ->
          "select i, s from r1 where i " + not + "in (select b from r2" + words.where("r2") + ")";
      case 2 -> "select i, (select max(r2.m) from r2 where r2.s = r1.s) as x from r1";
      case 3 ->
          "select i, (select count(*) from r2 where r2.s = r1.s and "
              + words.condition("r2")
              + ") as x from r1";
      case 4 -> "select i, s from r1 where i in (select i from r2 where r2.s <=> r1.s)";
      case 5 ->
          "select i, s from r1 where m "
              + words.pick(">", "<=", "=")
              + " (select "
              + words.pick("avg(m)", "max(w)", "min(i)")
              + " from r2 where r2.f = r1.f)";
      case 6 ->
          "select i, "
              + not
              + "exists (select 1 from r2 where r2.i > r1.i) as e, i in (select i from r2) as n from r1";
      case 7 ->
          "select s, count(*) as n from r1 group by s having count(*) > (select count(*) from r2 where "
              + words.condition("r2")
              + ")";
      case 8 ->
          "select q.k, count(*) as n from (select "
              + words.value("r1")
              + " as k, i from r1"
              + words.where("r1")
              + ") q group by q.k";
      case 9 ->
          "select i from r1 where (i, s) "
              + not
              + "in (select i, s from r2"
              + words.where("r2")
              + ")";
      case 10 ->
          "select i from r1 where i in (select i from r2 union all select b from r2 where "
              + words.condition("r2")
              + ")";
      default ->
          "select i, case when exists (select 1 from r2 where r2.s = r1.s) then s else 'no' end as x from r1"
              + words.where("r1");
    };
  }
}
