package dev.weft.spark;

import org.apache.spark.sql.classic.SparkSession;

/** The small tables that Spark's test files take for granted, made by ourselves. */
final class CorpusTables {

  private CorpusTables() {}

  static void create(SparkSession session) {
    view(
        session,
        "testdata",
        "select cast(id as int) as key, string(id) as value from range(1, 101)");
    view(
        session,
        "arraydata",
        "select * from values (array(1, 2, 3), array(array(1, 2, 3))),"
            + " (array(2, 3, 4), array(array(2, 3, 4))) as t(arraycol, nestedarraycol)");
    view(
        session,
        "mapdata",
        "select * from values (map(1, 'a1', 2, 'b1', 3, 'c1', 4, 'd1', 5, 'e1')),"
            + " (map(1, 'a2', 2, 'b2', 3, 'c2', 4, 'd2')), (map(1, 'a3', 2, 'b3', 3, 'c3')),"
            + " (map(1, 'a4', 2, 'b4')), (map(1, 'a5')) as t(mapcol)");
    view(
        session,
        "aggtest",
        "select * from values (56, 7.8F), (100, 99.097F), (0, 0.09561F), (42, 324.78F)"
            + " as t(a, b)");
    String tenk =
        "select cast(id as int) as unique1, cast(id * 7 % %d as int) as unique2,"
            + " cast(id % 2 as int) as two, cast(id % 4 as int) as four,"
            + " cast(id % 10 as int) as ten, cast(id % 20 as int) as twenty,"
            + " cast(id % 100 as int) as hundred, cast(id % 1000 as int) as thousand,"
            + " cast(id % 2000 as int) as twothousand, cast(id % 5000 as int) as fivethous,"
            + " cast(id as int) as tenthous, cast(2 * (id % 10) as int) as odd,"
            + " cast(2 * (id % 10) + 1 as int) as even, concat('A', string(id)) as stringu1,"
            + " concat('B', string(id * 7)) as stringu2, 'AAAAxx' as string4 from range(%d)";
    view(session, "onek", tenk.replace("%d", "1000"));
    view(session, "tenk1", tenk.replace("%d", "2000"));
  }

  private static void view(SparkSession session, String name, String query) {
    session.sql("create or replace temporary view " + name + " as " + query);
  }
}
