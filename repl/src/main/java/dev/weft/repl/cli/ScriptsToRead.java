package dev.weft.repl.cli;

import dev.weft.engine.Session;
import dev.weft.engine.Submission;
import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.WeftException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The scripts of a command that runs none: one host a project, one session a script. */
final class ScriptsToRead {

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "scripts; - is standard input")
  List<String> files = List.of();

  @Mixin ParamOption parameters = new ParamOption();

  @Mixin ProjectOption project = new ProjectOption();

  /** What is done with one script; returns what is wrong with it. */
  interface Reader {
    List<Diagnostic> read(Session session, Submission script);
  }

  int count() {
    return files.size();
  }

  /** Reads all of them, also behind one that is wrong; returns what is wrong with any. */
  List<Diagnostic> each(Host.Opener opener, Reader reader) {
    List<ScriptFile> all = files.stream().map(ScriptFile::read).toList();
    parameters.check(all);
    Map<Path, List<ScriptFile>> projects = new LinkedHashMap<>();
    for (ScriptFile script : all) {
      Path folder = project.of(script.folder());
      projects.computeIfAbsent(folder, key -> new ArrayList<>()).add(script);
    }
    List<Diagnostic> found = new ArrayList<>();
    projects.forEach(
        (folder, scripts) -> {
          try (Host host = opener.open(new Target(folder, folder, Optional.empty()))) {
            scripts.forEach(script -> found.addAll(read(host, script, reader)));
          }
        });
    return found;
  }

  private List<Diagnostic> read(Host host, ScriptFile script, Reader reader) {
    Submission text =
        new Submission(
            script.source(),
            script.folder(),
            OptionalLong.empty(),
            parameters.values,
            count() == 1);
    try (Session session = host.newSession()) {
      return reader.read(session, text);
    } catch (WeftException wrong) {
      return wrong.diagnostics();
    }
  }
}
