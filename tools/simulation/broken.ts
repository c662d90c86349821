/** Something that must not be. */
export class Broken extends Error {
  override readonly name = 'Broken';
}
