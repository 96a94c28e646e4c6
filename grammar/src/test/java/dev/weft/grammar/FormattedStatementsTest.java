package dev.weft.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.grammar.antlr.WeftParser;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Reading what was written gives what was read: over statements made from the grammar itself. */
class FormattedStatementsTest {

  private static final int COUNT = Boolean.getBoolean("weft.full") ? 10_000 : 150;

  /** Another run of the same seed makes the same statements: {@code -Dweft.seed=…}. */
  private static final long SEED = Long.getLong("weft.seed", 7);

  /** Entries of the grammar that are no part of a statement. */
  private static final Set<String> ENTRIES =
      Set.of(
          "singleStatement",
          "singleSparkStatement",
          "singleExpression",
          "singleType",
          "schemaText",
          "columnDefinition",
          "statement",
          "sparkStatement");

  private static final int TRIES = 500;

  @Test
  void formattingKeepsTheTreeOfGeneratedStatements() {
    GeneratedStatements statements = new GeneratedStatements(SEED);
    Set<String> rules = new TreeSet<>();
    int read = 0;
    for (long tried = 0; read < COUNT && tried < 60L * COUNT; tried++) {
      Source source = new Source("generated", statements.next());
      if (isRead(source)) {
        read++;
        FormattedText.staysWhatItIs(source, "seed " + SEED);
        Shape.rules(source, rules);
      }
    }
    System.err.printf("%d generated statements, seed %d%n", read, SEED);
    assertThat(read).isEqualTo(COUNT);
    // A sample of so few may miss what is rare.
    assertThat(LearntChoices.known()).isLessThan(3 * LearntChoices.MOST);
    List<String> names = List.of(WeftParser.ruleNames);
    Set<String> missed = new TreeSet<>(names);
    missed.removeAll(ENTRIES);
    missed.removeAll(rules);
    missed.removeIf(rule -> isKept(statements, names.indexOf(rule), rule));
    assertThat(missed).as("rules that no statement of seed %d has", SEED).isEmpty();
  }

  /** What chance has not come to is aimed at. */
  private static boolean isKept(GeneratedStatements statements, int rule, String name) {
    for (int i = 0; i < TRIES; i++) {
      Source source = new Source("generated", statements.through(rule));
      Set<String> found = new TreeSet<>();
      if (isRead(source)) {
        Shape.rules(source, found);
      }
      if (found.contains(name)) {
        FormattedText.staysWhatItIs(source, "seed " + SEED);
        return true;
      }
    }
    return false;
  }

  private static boolean isRead(Source source) {
    try {
      return !source.text().isBlank()
          && Shape.of(source).isPresent()
          && ScriptParser.parse(source).errors().isEmpty();
    } catch (WeftException unread) {
      return false;
    }
  }
}
