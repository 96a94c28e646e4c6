package dev.weft.planner.analyze;

import dev.weft.planner.rel.CatalogScan;
import dev.weft.planner.rel.FileScan;
import dev.weft.planner.rel.Nodes;
import dev.weft.planner.rel.SparkClause;
import dev.weft.planner.rel.SparkText;
import dev.weft.planner.spi.RelationalCatalog;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.apache.calcite.rel.RelNode;

/** Which files a relation reads, also in queries inside expressions, in views and in texts. */
final class FilesRead {

  private final RelationalCatalog relations;

  FilesRead(RelationalCatalog relations) {
    this.relations = relations;
  }

  /** Whether some of what it reads lies at the path or below. */
  boolean reads(RelNode relation, Path path) {
    List<String> read = new ArrayList<>();
    Nodes.each(relation, node -> add(node, read));
    return read.stream().anyMatch(file -> isAt(file, path));
  }

  private void add(RelNode node, List<String> read) {
    if (node instanceof FileScan scan) {
      read.add(scan.source().path());
    } else if (node instanceof CatalogScan scan) {
      read.addAll(relations.filesOf(scan.table()));
    } else if (node instanceof SparkText text) {
      read.addAll(relations.filesOf(text.text()));
    } else if (node instanceof SparkClause clause) {
      read.addAll(relations.filesOf(clause.text()));
    }
  }

  private static boolean isAt(String file, Path path) {
    if (FilePlaces.isUri(file)) {
      return false;
    }
    return Path.of(file).startsWith(path) || (Globs.isGlob(file) && finds(file, path));
  }

  /** Whether a pattern finds the path itself, or what may lie in it. */
  private static boolean finds(String pattern, Path path) {
    try {
      boolean itself = FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(path);
      Path folder = Path.of(pattern.replaceFirst("/[^/]*$", "/x")).getParent();
      return itself || (folder != null && folder.equals(path));
    } catch (PatternSyntaxException wrong) {
      return false;
    }
  }
}
