package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftParser;
import java.util.concurrent.atomic.AtomicInteger;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ParserATNSimulator;
import org.antlr.v4.runtime.atn.PredictionContextCache;
import org.antlr.v4.runtime.dfa.DFA;

/**
 * What parsers have learnt, for all threads: every choice that they have met. It is what makes them
 * quick, and ordinary statements teach little; but a server that is given ever different ones would
 * fill its memory with it (ten thousand random statements: more than a gigabyte), so it is
 * forgotten when it is too much.
 */
final class LearntChoices {

  /** About 100 MB. */
  static final int MOST = 12_000;

  private static final int PARSES_BETWEEN = 64;
  private static final AtomicInteger PARSES = new AtomicInteger();
  private static volatile LearntChoices current = new LearntChoices();

  private final DFA[] choices;
  private final PredictionContextCache contexts = new PredictionContextCache();

  private LearntChoices() {
    ATN grammar = WeftParser._ATN;
    choices = new DFA[grammar.getNumberOfDecisions()];
    for (int i = 0; i < choices.length; i++) {
      choices[i] = new DFA(grammar.getDecisionState(i), i);
    }
  }

  /** Gives a parser what others have learnt, and takes what it learns. */
  static void share(Parser parser) {
    LearntChoices learnt = current;
    if (PARSES.incrementAndGet() % PARSES_BETWEEN == 0 && learnt.size() > MOST) {
      learnt = new LearntChoices();
      current = learnt;
    }
    parser.setInterpreter(
        new ParserATNSimulator(parser, WeftParser._ATN, learnt.choices, learnt.contexts));
  }

  /** How much is known now. */
  static int known() {
    return current.size();
  }

  private int size() {
    int states = 0;
    for (DFA choice : choices) {
      states += choice.states.size();
    }
    return states;
  }
}
