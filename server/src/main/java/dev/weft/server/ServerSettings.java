package dev.weft.server;

import java.nio.file.Path;

/**
 * What {@code weft server} was asked for.
 *
 * @param port of Flight SQL, 0 for any free one
 * @param httpPort of HTTP, 0 for any free one
 */
public record ServerSettings(Path project, String host, int port, int httpPort) {}
