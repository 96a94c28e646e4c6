package dev.weft.spark;

import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;

/** Spark's parser, whose exception is a checked one in Java. */
final class Parsing {

  private Parsing() {}

  static LogicalPlan plan(SparkSession session, String text) {
    try {
      return session.sessionState().sqlParser().parsePlan(text);
    } catch (ParseException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }
}
