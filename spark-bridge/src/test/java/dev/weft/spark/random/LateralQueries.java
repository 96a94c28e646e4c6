package dev.weft.spark.random;

/** Subqueries in FROM that read the relations before them. */
record LateralQueries(RandomWords words) implements RandomQueries.Family {

  @Override
  public String next() {
    return switch (words.number(5)) {
      case 0 -> "select r1.i, q.x from r1, lateral (select r1.i + 1 as x) q" + words.where("r1");
      case 1 ->
          "select r1.i, q.n from r1, lateral (select count(*) as n from r2 where r2.s = r1.s) q";
      case 2 ->
          "select r1.i, q.x from r1 left join lateral (select max(m) as x from r2 where r2.i = r1.i and "
              + words.condition("r2")
              + ") q on true";
      case 3 ->
          "select r1.i, q.b from r1 join lateral (select b from r2 where r2.f = r1.f) q on q.b > r1.i";
      default ->
          "select r1.i, q.x, p.y from r1, lateral (select r1.m * 2 as x) q, lateral (select q.x + r1.i as y) p";
    };
  }
}
