package dev.weft.spark.catalog;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The folders where the rows of managed tables lie. */
final class DataFolders {

  private final Configuration hadoop;

  DataFolders(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  void create(URI folder) {
    at(folder, FileSystem::mkdirs);
  }

  void delete(URI folder) {
    at(folder, (files, path) -> files.delete(path, true));
  }

  void rename(URI from, URI to) {
    at(
        from,
        (files, path) -> {
          Path target = new Path(to);
          if (!files.exists(path)) {
            return files.mkdirs(target);
          }
          files.mkdirs(target.getParent());
          if (!files.rename(path, target)) {
            throw new IOException("it cannot become '" + target.toUri().getPath() + "'");
          }
          return true;
        });
  }

  private void at(URI folder, Work work) {
    Path path = new Path(folder);
    try {
      work.on(path.getFileSystem(hadoop), path);
    } catch (IOException failure) {
      throw new CatalogFailure(
          "the folder '"
              + (folder.getScheme() == null || folder.getScheme().equals("file")
                  ? folder.getPath()
                  : folder)
              + "' of a table cannot be changed ("
              + failure.getMessage()
              + "); check its permissions",
          failure);
    }
  }

  private interface Work {
    boolean on(FileSystem files, Path path) throws IOException;
  }
}
