/** Tests of the server's doors with real clients over a session made by hand. */
@NullMarked
package dev.weft.server;

import org.jspecify.annotations.NullMarked;
