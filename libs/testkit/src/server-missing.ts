/** A server that a suite needs is not to be had on this machine. The message names what is missing and what would do instead. */
export class ServerMissing extends Error {
  override readonly name = 'ServerMissing';
}
