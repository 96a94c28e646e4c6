package dev.weft.ml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder that only this user can enter, with a path short enough for the sockets in it; its name
 * holds the process that made it, so that what a killed one left can be told and removed.
 */
record PrivateFolder(Path path) {

  private static final Pattern NAME = Pattern.compile("weft-(\\d+)-\\d+");
  private static final int LONGEST = 40;

  /** Makes one, and removes those of processes that are gone. */
  static PrivateFolder create() {
    Path parent = parent();
    sweep(parent);
    String prefix = String.format(Locale.ROOT, "weft-%d-", ProcessHandle.current().pid());
    try {
      return new PrivateFolder(
          Files.createTempDirectory(
              parent,
              prefix,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
    } catch (IOException e) {
      throw new RuntimeFailure("could not make a folder in '" + parent + "': " + e.getMessage());
    }
  }

  /** Removes it and what is in it; a file that stays is not worth an error. */
  void delete() {
    deleteTree(path);
  }

  private static Path parent() {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    return temporary.toString().length() > LONGEST ? Path.of("/tmp") : temporary;
  }

  private static void sweep(Path parent) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, "weft-*")) {
      for (Path folder : folders) {
        Matcher matcher = NAME.matcher(String.valueOf(folder.getFileName()));
        if (matcher.matches() && gone(Long.parseLong(matcher.group(1))) && owned(folder)) {
          deleteTree(folder);
        }
      }
    } catch (IOException e) {
      // Somebody else's leftovers.
    }
  }

  private static boolean owned(Path folder) throws IOException {
    String user = System.getProperty("user.name", "");
    return Files.isDirectory(folder) && Files.getOwner(folder).getName().equals(user);
  }

  private static boolean gone(long pid) {
    return ProcessHandle.of(pid).map(handle -> !handle.isAlive()).orElse(true);
  }

  static void deleteTree(Path folder) {
    try {
      Files.walkFileTree(folder, new Deletion());
    } catch (IOException | UncheckedIOException e) {
      // A process that is just ending may still write there.
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(
        Path folder, @org.jspecify.annotations.Nullable IOException failure) throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
