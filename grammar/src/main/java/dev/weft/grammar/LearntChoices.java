package dev.weft.grammar;

import java.util.concurrent.atomic.AtomicInteger;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.dfa.DFA;

/**
 * Bounds what the parser learns. It keeps every choice it has met, for all threads and for good:
 * what makes ordinary statements quick is small, but a server that is given ever different ones
 * would fill its memory with it (ten thousand random statements: more than a gigabyte).
 */
final class LearntChoices {

  /** About 100 MB. Scripts of many thousand ordinary statements teach fewer. */
  static final int MOST = 12_000;

  private static final int PARSES_BETWEEN = 64;
  private static final AtomicInteger PARSES = new AtomicInteger();

  private LearntChoices() {}

  /** Looks now and then; forgets everything when it is too much. */
  static void limit(Parser parser) {
    if (PARSES.incrementAndGet() % PARSES_BETWEEN == 0 && count(parser) > MOST) {
      parser.getInterpreter().clearDFA();
    }
  }

  static int count(Parser parser) {
    int states = 0;
    for (DFA learnt : parser.getInterpreter().decisionToDFA) {
      states += learnt.states.size();
    }
    return states;
  }
}
