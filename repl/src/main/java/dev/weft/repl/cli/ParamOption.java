package dev.weft.repl.cli;

import dev.weft.grammar.Nearest;
import dev.weft.grammar.ScriptParser;
import dev.weft.grammar.ast.DeclareParam;
import dev.weft.grammar.ast.Include;
import dev.weft.grammar.ast.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** Values for DECLARE PARAM. */
public final class ParamOption {

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "the value of a parameter that the script declares; may be given again")
  Map<String, String> values = new LinkedHashMap<>();

  /** Refuses what none of several scripts declares; a single one is checked with its includes. */
  void check(List<ScriptFile> scripts) {
    if (values.isEmpty() || scripts.size() < 2) {
      return;
    }
    List<Statement> all =
        scripts.stream()
            .flatMap(file -> ScriptParser.parse(file.source()).script().statements().stream())
            .toList();
    if (all.stream().anyMatch(Include.class::isInstance)) {
      return;
    }
    Set<String> declared = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    all.stream()
        .filter(DeclareParam.class::isInstance)
        .map(statement -> ((DeclareParam) statement).name().text())
        .forEach(declared::add);
    for (String given : values.keySet()) {
      if (!declared.contains(given)) {
        throw new UsageFailure(
            "--param gives '"
                + given
                + "', and no DECLARE PARAM has that name"
                + (declared.isEmpty() ? "" : Nearest.hintOrList(given, declared)));
      }
    }
  }
}
