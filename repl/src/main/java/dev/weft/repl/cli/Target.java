package dev.weft.repl.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where statements run: embedded in a project, or on the server at a URL.
 *
 * @param folder where relative paths of the session start
 */
public record Target(Path project, Path folder, Optional<String> url) {}
