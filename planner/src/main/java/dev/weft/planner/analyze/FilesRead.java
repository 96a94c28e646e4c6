package dev.weft.planner.analyze;

import dev.weft.planner.rel.FileScan;
import java.nio.file.Path;
import org.apache.calcite.rel.RelNode;

/** Which files a relation reads. */
final class FilesRead {

  private FilesRead() {}

  static boolean reads(RelNode relation, Path path) {
    if (relation instanceof FileScan scan) {
      return !FilePlaces.isUri(scan.source().path())
          && Path.of(scan.source().path()).startsWith(path);
    }
    return relation.getInputs().stream().anyMatch(input -> reads(input, path));
  }
}
