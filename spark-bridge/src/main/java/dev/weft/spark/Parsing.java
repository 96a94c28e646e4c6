package dev.weft.spark;

import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.SparkSqlParser;

/** Spark's parser, whose exceptions are checked ones in Java. */
final class Parsing {

  private Parsing() {}

  static LogicalPlan plan(SparkSession session, String text) {
    return plan(session.sessionState().sqlParser(), text);
  }

  /** The plan of a text before Spark has started. */
  static LogicalPlan plan(String text) {
    return plan(new SparkSqlParser(), text);
  }

  private static LogicalPlan plan(ParserInterface parser, String text) {
    try {
      return parser.parsePlan(text);
    } catch (ParseException wrong) {
      throw new IllegalArgumentException(wrong);
    } catch (RuntimeException wrong) {
      throw wrong;
    } catch (Exception wrong) {
      // What is wrong in BEGIN … END is a checked exception that the method does not declare.
      throw new IllegalArgumentException(wrong);
    }
  }
}
