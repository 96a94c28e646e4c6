package dev.weft.spark;

import dev.weft.engine.spi.ArrowExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A model that ends the JVM of the first task that asks it, and answers all others.
 *
 * @param marker a file that is made when that has happened
 */
record HaltingExchange(String marker) implements ArrowExchange {

  private static final long serialVersionUID = 1L;

  @Override
  public Stream open(BufferAllocator allocator, Schema input) {
    try {
      Files.createFile(Path.of(marker));
      Runtime.getRuntime().halt(1);
    } catch (FileAlreadyExistsException happened) {
      return FakeExchange.of("halting").open(allocator, input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("halted");
  }
}
