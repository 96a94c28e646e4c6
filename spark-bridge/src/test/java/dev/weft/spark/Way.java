package dev.weft.spark;

/** A way to run one statement after another in a session of its own. */
interface Way {

  Outcome answer(String statement);
}
