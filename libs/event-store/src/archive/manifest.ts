import type { Attestation } from '../attestation/attestation';

export const CHAPTER_FORMAT = 'cartage.archive.1';

/** What stands beside each file: enough to prove it to whoever has the public key, without the database. */
export interface ChapterManifest {
  readonly format: typeof CHAPTER_FORMAT;
  readonly log: string;
  readonly first: number;
  readonly last: number;
  readonly events: number;
  /** SHA-256 of the file, in hex. */
  readonly digest: string;
  /** As they were signed; together they hold exactly these events. */
  readonly attestations: readonly Attestation[];
}
