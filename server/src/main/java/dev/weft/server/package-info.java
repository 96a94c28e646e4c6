/**
 * The doors to Weft: {@link dev.weft.server.Platform} wires all parts, {@link
 * dev.weft.server.WeftServer} opens the Flight SQL and HTTP endpoints over it.
 */
@NullMarked
package dev.weft.server;

import org.jspecify.annotations.NullMarked;
