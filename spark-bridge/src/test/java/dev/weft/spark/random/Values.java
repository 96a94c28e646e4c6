package dev.weft.spark.random;

/** Random expressions over the columns of one table, by the kind of their types. */
final class Values {

  private Values() {}

  static String plain(RandomWords words, String t) {
    String table = t.substring(0, 2);
    String number = words.number(table);
    return words.pick(
        number,
        number + " + " + words.number(table),
        number + " * 2 - " + t + "i",
        t + "m * " + t + "w",
        t + "m / 3.0 + " + t + "w",
        "try_divide(" + number + ", " + t + "i)",
        "try_add(" + t + "i, 2147483646)",
        number + " % 3",
        "-(" + number + ")",
        "coalesce(" + t + "s, 'none')",
        "upper(" + t + "s) || '-'",
        "substring(" + t + "s, 1, 1)",
        "case when " + words.condition(table) + " then " + t + "i else -1 end",
        "cast(" + t + "m as int)",
        "round(" + t + "m, 1)",
        "nullif(" + t + "i, 2)",
        t + "i in (1, 2, null)",
        words.condition(table));
  }

  static String dates(RandomWords words, String t) {
    return words.pick(
        "date_add(" + t + "t, 3)",
        t + "t - interval " + words.number(40) + " days",
        t + "t + " + t + "i",
        t + "t - date'2024-01-31'",
        "add_months(" + t + "t, " + t + "i)",
        t + "ts + interval 2 hours",
        t + "ts - interval '1 02:03:04' day to second",
        t + "ts - timestamp'2024-03-01 00:00:00'",
        t + "iv * 2",
        t + "iv + interval '1' day",
        "extract(day from " + t + "iv)",
        "year(" + t + "t)",
        "date_trunc('month', " + t + "ts)",
        "date_format(" + t + "ts, 'yyyy-MM-dd HH')",
        "datediff(" + t + "ts, " + t + "t)",
        "last_day(" + t + "t)",
        "greatest(" + t + "t, cast(" + t + "ts as date))");
  }

  static String nested(RandomWords words, String t) {
    return words.pick(
        t + "st.x",
        t + "st",
        t + "a",
        t + "r",
        t + "r[0].k",
        t + "r.v",
        t + "mp['a']",
        "size(" + t + "a)",
        "try_element_at(" + t + "a, 1)",
        "element_at(" + t + "mp, coalesce(" + t + "s, 'a'))",
        "transform(" + t + "a, x -> x + " + t + "i)",
        "filter(" + t + "a, (x, p) -> x > p and " + t + "f)",
        "aggregate(" + t + "a, 0, (sum, x) -> sum + coalesce(x, " + t + "i))",
        "transform(" + t + "r, e -> struct(e.k + 1 as k, e.v))",
        "array_sort(map_keys(" + t + "mp))",
        "map_entries(map_filter(" + t + "mp, (k, v) -> v > 0))",
        "zip_with(" + t + "a, array(1, 2), (x, y) -> coalesce(x, y))",
        "struct(" + t + "i as p, " + t + "s)",
        "named_struct('q', " + t + "st, 'm', " + t + "m)",
        "array(" + t + "i, " + t + "m)",
        "sort_array(array_union(" + t + "a, array(" + t + "i)))");
  }

  /** What has to find one type for several. */
  static String mixed(RandomWords words, String t) {
    return words.pick(
        "coalesce(" + t + "i, " + t + "m, " + t + "d)",
        "case when " + t + "f then " + t + "i else " + t + "w end",
        "case " + t + "i when 1 then " + t + "m when 2L then " + t + "b end",
        "if(" + t + "f, " + t + "t, " + t + "ts)",
        "nvl(" + t + "m, " + t + "b)",
        "greatest(" + t + "i, " + t + "m, 1.5)",
        "least(" + t + "b, " + t + "d)",
        "nullif(" + t + "m, " + t + "i)",
        t + "i = " + t + "m",
        t + "i <=> " + t + "d",
        t + "i in (1, 2.5, " + t + "b)",
        t + "i || '/' || " + t + "m",
        "array(" + t + "i, " + t + "b, null)",
        "cast(" + t + "i as string)",
        "cast(" + t + "f as int) + 1",
        "try_cast(" + t + "s as int)");
  }
}
