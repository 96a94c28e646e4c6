package dev.weft.spark.convert;

/** Names that no other column of a query has, and that still say what the column is. */
final class FreshNames {

  private int count;

  String like(String name) {
    count++;
    return name + "_" + count;
  }
}
