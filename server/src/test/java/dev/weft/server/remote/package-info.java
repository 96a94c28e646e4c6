/** Tests with real clients. */
@NullMarked
package dev.weft.server.remote;

import org.jspecify.annotations.NullMarked;
