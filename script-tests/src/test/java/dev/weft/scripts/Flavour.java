package dev.weft.scripts;

/** How a session reaches Weft. */
enum Flavour {
  EMBEDDED,
  FLIGHT
}
