package dev.weft.spark.random;

/** Rows made of the elements of arrays and maps. */
record GeneratorQueries(RandomWords words) implements RandomQueries.Family {

  @Override
  public String next() {
    String where = words.where("r1");
    String outer = words.pick("", "outer ");
    return switch (words.number(9)) {
      case 0 -> "select i, explode(a) as x from r1" + where;
      case 1 -> "select s, posexplode_outer(a) as (p, x) from r1" + where;
      case 2 -> "select r1.i, v.x from r1 lateral view " + outer + "explode(a) v as x" + where;
      case 3 ->
          "select x, count(*) as n from r1 lateral view outer explode(a) v as x"
              + where
              + " group by x";
      case 4 ->
          "select i, p, e from r1 lateral view posexplode(array(b, cast(i as bigint))) v as p, e"
              + where;
      case 5 -> "select i, k, x from r1 lateral view " + outer + "explode(mp) v as k, x" + where;
      case 6 -> "select i, inline(r) as (k, v) from r1" + where;
      case 7 ->
          "select i, x, y from r1 lateral view "
              + outer
              + "explode(a) v1 as x lateral view explode(array(x, i)) v2 as y"
              + where;
      default -> "select r1.i, g.x from r1, lateral explode(r1.a) as g(x)" + where;
    };
  }
}
