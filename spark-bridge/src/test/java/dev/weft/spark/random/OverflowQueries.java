package dev.weft.spark.random;

/** What fails by the rules of ANSI for some rows. */
record OverflowQueries(RandomWords words) implements RandomQueries.Family {

  @Override
  public String next() {
    String value =
        words.pick(
            "i + 2147483646",
            "b * 922337203685477580L",
            "1 / i",
            "b div i",
            "m % i",
            "cast(b * 3 as tinyint)",
            "cast(s as int)",
            "a[i]",
            "element_at(a, i + 3)",
            "date_add(t, i) - cast(s as interval day)",
            "cast(m * 100000000 as decimal(9,2))",
            "-(i - 2147483646)",
            "-2147483648 - i");
    return switch (words.number(3)) {
      case 0 -> "select " + value + " as x from r1";
      case 1 -> "select max(" + value + ") as x from r1 where i is not null group by f";
      default -> "select s, " + value + " as x from r1 where i > 0";
    };
  }
}
