/** The ports: what the engine asks of relational engines, model runtimes and endpoint servers. */
@NullMarked
package dev.weft.engine.spi;

import org.jspecify.annotations.NullMarked;
