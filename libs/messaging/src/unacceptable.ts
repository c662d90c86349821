/** An event that no further try can make acceptable: unreadable, or of a version that nobody here knows. */
export class Unacceptable extends Error {
  override readonly name = 'Unacceptable';
}
