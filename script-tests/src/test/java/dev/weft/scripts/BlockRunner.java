package dev.weft.scripts;

import dev.weft.engine.Session;
import dev.weft.engine.Submission;
import dev.weft.grammar.ScriptParser;
import dev.weft.grammar.Source;
import dev.weft.grammar.WeftException;
import dev.weft.grammar.ast.Query;
import dev.weft.grammar.ast.Statement;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Runs the blocks of one file, one after another, on one session. */
final class BlockRunner {

  /** What the text of a block calls itself. */
  static final String SOURCE = "block";

  private final Session session;
  private final Path folder;

  BlockRunner(Session session, Path folder) {
    this.session = session;
    this.folder = folder;
  }

  List<String> run(Block block) {
    Source source = new Source(SOURCE, block.text());
    List<Statement> statements = ScriptParser.parse(source).script().statements();
    Answer answer = new Answer(number -> keepsOrder(statements, number));
    try {
      session.run(new Submission(source, folder, OptionalLong.of(42)), answer);
    } catch (WeftException failed) {
      failed.diagnostics().forEach(error -> answer.add("error", error));
    } catch (RuntimeException bug) {
      answer.crashed(bug);
    }
    return answer.lines();
  }

  /** Everything but a query without ORDER BY answers in an order of its own. */
  private static boolean keepsOrder(List<Statement> statements, int number) {
    boolean query =
        number >= 1 && number <= statements.size() && statements.get(number - 1) instanceof Query;
    return !query || ((Query) statements.get(number - 1)).tree().orderAndLimit().ORDER() != null;
  }
}
