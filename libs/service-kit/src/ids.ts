import { v5, v7 } from 'uuid';

/** The name space of Cartage's name-based ids. For ever: another one would give every channel order a second id. */
const CARTAGE = 'adf8e943-1b94-431d-805d-1485d3f294fb';

/** A new id that sorts by time (UUIDv7). */
export const newId = (): string => v7();

/**
 * The id that follows from these parts, always the same one (name-based UUID): a repeated request finds what the first one made.
 * `idFor('order', channel, externalOrderId)`. Parts are kept apart: `('a', 'bc')` is not `('ab', 'c')`.
 */
export const idFor = (...parts: readonly string[]): string => v5(JSON.stringify(parts), CARTAGE);
