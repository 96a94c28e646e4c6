package dev.weft.spark.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {

  @TempDir Path folder;

  /** By Hadoop's own way of making a file system. */
  private static FileSystem files(Map<String, String> settings) throws IOException {
    Configuration configuration = new Configuration();
    configuration.set("fs.file.impl", LocalFiles.class.getName());
    settings.forEach(configuration::set);
    return FileSystem.newInstance(java.net.URI.create("file:///"), configuration);
  }

  private org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(folder.resolve(name).toUri());
  }

  private String mode(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }

  @Test
  void whatIsMadeHasHadoopsPermissions() throws IOException {
    try (FileSystem files = files(Map.of("fs.permissions.umask-mode", "027"))) {
      assertThat(files).isInstanceOf(LocalFiles.class);
      try (OutputStream out = files.create(path("a/b"))) {
        out.write(7);
      }
      assertThat(mode("a")).isEqualTo("rwxr-x---");
      assertThat(mode("a/b")).isEqualTo("rw-r-----");
      assertThat(Files.readAllBytes(folder.resolve("a/b"))).containsExactly(7);
      files.setPermission(path("a/b"), new FsPermission("711"));
      assertThat(mode("a/b")).isEqualTo("rwx--x--x");
      assertThat(files.getFileStatus(path("a/b")).getPermission())
          .isEqualTo(new FsPermission("711"));
    }
  }

  /** Java knows nothing of it. */
  @Test
  void theStickyBitIsSetAsBefore() throws IOException {
    try (FileSystem files = files(Map.of())) {
      files.mkdirs(path("c"));
      files.setPermission(path("c"), new FsPermission("1777"));
      assertThat(mode("c")).isEqualTo("rwxrwxrwx");
      assertThat((int) Files.getAttribute(folder.resolve("c"), "unix:mode") & 01000)
          .isEqualTo(01000);
    }
  }

  @Test
  void whatIsNotThereIsSaid() throws IOException {
    try (FileSystem files = files(Map.of())) {
      assertThatThrownBy(() -> files.setPermission(path("d"), new FsPermission("644")))
          .isInstanceOf(NoSuchFileException.class);
    }
  }
}
