package dev.weft.engine.model;

import dev.weft.engine.spi.RemoteFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Another file system that is a folder; it can stop answering. */
final class FolderFiles implements RemoteFiles {

  private final Path root;
  volatile boolean away;
  final AtomicInteger downloads = new AtomicInteger();

  FolderFiles(Path root) {
    this.root = root;
  }

  private Path at(String uri) throws IOException {
    if (away) {
      throw new IOException("Connection refused");
    }
    return root.resolve(uri.replaceFirst("^far://host/", ""));
  }

  @Override
  public List<String> list(String folder) throws IOException {
    Path place = at(folder);
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(place)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
    }
  }

  @Override
  public List<String> holding(String folder, int levels, String file) throws IOException {
    List<String> found = new ArrayList<>();
    for (String entry : list(folder)) {
      // Others write and remove meanwhile.
      if (levels == 1 && exists(folder + "/" + entry + "/" + file)) {
        found.add(entry);
      } else if (levels > 1) {
        holding(folder + "/" + entry, levels - 1, file)
            .forEach(below -> found.add(entry + "/" + below));
      }
    }
    return found;
  }

  @Override
  public boolean exists(String path) throws IOException {
    return Files.exists(at(path));
  }

  @Override
  public boolean isFolder(String path) throws IOException {
    return Files.isDirectory(at(path));
  }

  @Override
  public byte[] read(String file) throws IOException {
    try {
      return Files.readAllBytes(at(file));
    } catch (NoSuchFileException none) {
      throw new FileNotFoundException(file);
    }
  }

  @Override
  public boolean create(String file, byte[] content) throws IOException {
    Files.createDirectories(at(file).getParent());
    try {
      Files.write(at(file), content, StandardOpenOption.CREATE_NEW);
      return true;
    } catch (FileAlreadyExistsException there) {
      return false;
    }
  }

  @Override
  public void replace(String file, byte[] content) throws IOException {
    Files.createDirectories(at(file).getParent());
    Files.write(at(file), content);
  }

  @Override
  public void upload(Path from, String to) throws IOException {
    Files.createDirectories(at(to).getParent());
    Files.copy(from, at(to));
  }

  @Override
  public void download(String from, Path to) throws IOException {
    downloads.incrementAndGet();
    try {
      Files.copy(at(from), to);
    } catch (NoSuchFileException none) {
      throw new FileNotFoundException(from);
    }
  }

  @Override
  public String stamp(String file) throws IOException {
    return Files.exists(at(file))
        ? Files.getLastModifiedTime(at(file)) + " " + Files.size(at(file))
        : "";
  }

  @Override
  public void delete(String path) throws IOException {
    Folders.delete(at(path));
  }
}
