package dev.weft.engine.model;

import dev.weft.planner.rel.CatalogScan;
import dev.weft.planner.rel.FileScan;
import dev.weft.planner.rel.Nodes;
import dev.weft.planner.rel.SharedRows;
import dev.weft.planner.rel.SparkText;
import dev.weft.planner.spi.RelationalCatalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;

/** What a training reads: the tables by name, and the files of all with what tells them apart. */
public final class Inputs {

  /** Of more files than this the first are told. */
  static final int MOST = 200;

  private final RelationalCatalog relations;
  private final Set<String> tables = new LinkedHashSet<>();
  private final Set<String> files = new LinkedHashSet<>();

  private Inputs(RelationalCatalog relations) {
    this.relations = relations;
  }

  /** The inputs of relations, in the order they are met. */
  public static List<Fingerprint> of(List<RelNode> plans, RelationalCatalog relations) {
    Inputs inputs = new Inputs(relations);
    plans.forEach(inputs::walk);
    List<Fingerprint> found = new ArrayList<>();
    inputs.tables.forEach(table -> found.add(Fingerprint.table(table)));
    inputs.files.forEach(path -> found.addAll(Fingerprint.files(path, MOST - found.size())));
    return found;
  }

  private void walk(RelNode plan) {
    Nodes.each(plan, this::add);
  }

  private void add(RelNode node) {
    if (node instanceof FileScan scan) {
      files.add(scan.source().path());
    } else if (node instanceof CatalogScan scan) {
      tables.add(scan.table());
      files.addAll(relations.filesOf(scan.table()));
    } else if (node instanceof SparkText text) {
      files.addAll(relations.filesOf(text.text()));
    } else if (node instanceof SharedRows rows) {
      walk(rows.table().plan());
    }
  }

  /** A path as text without what a URI puts in front of local ones. */
  static Path local(String path) {
    return Path.of(path.replaceFirst("^file:(//)?(?=/)", ""));
  }

  static boolean isLocal(String path) {
    return path.startsWith("/") || path.startsWith("file:");
  }
}
