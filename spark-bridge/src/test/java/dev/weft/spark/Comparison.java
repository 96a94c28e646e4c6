package dev.weft.spark;

import java.util.List;

/**
 * One statement run both ways.
 *
 * @param sparkParses whether Spark's parser takes it
 * @param weParse whether our grammar takes it
 * @param query whether it is a query, which planning is about
 * @param handedOver why parts of it went to Spark as they stand
 * @param clauses what kept Spark's words over rows that are planned
 */
record Comparison(
    String file,
    int number,
    String statement,
    boolean sparkParses,
    boolean weParse,
    boolean query,
    List<String> handedOver,
    List<String> clauses,
    Verdicts verdict,
    Outcome plain,
    Outcome ours) {

  /** Whether Spark answers it with rows or an effect. */
  boolean answered() {
    return plain instanceof Outcome.Answered;
  }

  Comparison volatileRows() {
    return new Comparison(
        file,
        number,
        statement,
        sparkParses,
        weParse,
        query,
        handedOver,
        clauses,
        Verdicts.SAME,
        plain,
        ours);
  }
}
