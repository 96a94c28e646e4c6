package dev.weft.spark.file;

import dev.weft.spark.convert.Catalyst;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;

/** Where the files lie that an analysed plan reads. */
public final class RootPaths {

  private RootPaths() {}

  /** Local paths as such, the queries inside expressions included. */
  public static List<String> of(LogicalPlan plan) {
    List<String> paths = new ArrayList<>();
    add(plan, paths);
    Catalyst.list(plan.subqueriesAll()).forEach(query -> add(query, paths));
    return paths;
  }

  private static void add(LogicalPlan plan, List<String> paths) {
    for (LogicalPlan leaf : Catalyst.list(plan.collectLeaves())) {
      if (leaf instanceof LogicalRelation relation
          && relation.relation() instanceof HadoopFsRelation files) {
        Catalyst.list(files.location().rootPaths()).forEach(path -> paths.add(text(path)));
      }
    }
  }

  private static String text(Path path) {
    boolean local = path.toUri().getScheme() == null || path.toUri().getScheme().equals("file");
    return local ? path.toUri().getPath() : path.toString();
  }
}
