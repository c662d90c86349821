import type { Pool } from 'pg';
import { digestOf } from '../archive/chapter';
import type { ArchiveFiles } from '../archive/files';

/** A file of old events, as the log knows of it. */
export interface KeptFile {
  readonly file: string;
  readonly first: number;
  readonly last: number;
  readonly bytes: number;
  readonly archivedAt: string;
  /** Whether it is there and as it was written. */
  readonly standing: 'whole' | 'missing' | 'changed';
}

const FILES = `
  select file, first::float8 as first, last::float8 as last, bytes, digest, archived_at as "archivedAt" from log_archive order by first`;

type Row = Omit<KeptFile, 'standing' | 'archivedAt'> & { readonly digest: string; readonly archivedAt: Date };

/** Every file of the log that the pool's search path leads to, read and compared with what was written. */
export const archivedFilesIn = async (pool: Pool, files: ArchiveFiles): Promise<readonly KeptFile[]> => {
  const found: KeptFile[] = [];
  for (const { digest, archivedAt, ...row } of (await pool.query<Row>(FILES)).rows) {
    const content = await files.read(row.file);
    const standing = content === undefined ? 'missing' : digestOf(content) === digest ? 'whole' : 'changed';
    found.push({ ...row, archivedAt: archivedAt.toISOString(), standing });
  }
  return found;
};
