import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '@cartage/eventsourcing';
import { Trouble } from '../client/client';

export const FORMAT = 'cartage.backup.1';
export const MANIFEST = 'manifest.json';

export interface Column {
  readonly name: string;
  readonly type: string;
}

/** A table as it was at the instant of the backup. */
export interface KeptTable {
  readonly table: string;
  /** In their order, without those that Postgres works out by itself. */
  readonly columns: readonly Column[];
  readonly rows: number;
  readonly file: string;
  /** SHA-256 of the file, in hex. */
  readonly digest: string;
}

export interface KeptSchema {
  readonly schema: string;
  /** What had been done to its tables, oldest first. */
  readonly migrations: readonly string[];
  readonly tables: readonly KeptTable[];
  /** Where its sequences stood. */
  readonly sequences: Readonly<Record<string, string>>;
}

export interface Manifest {
  readonly format: typeof FORMAT;
  /** The one instant at which all schemas stood so. */
  readonly takenAt: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly schemas: readonly KeptSchema[];
}

const isManifest = (value: unknown): value is Manifest =>
  typeof value === 'object' && value !== null && (value as Partial<Manifest>).format === FORMAT && 'schemas' in value;

export const readManifest = (folder: string): Manifest => {
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8'));
  } catch (error) {
    throw new Trouble(`${folder} holds no backup: ${messageOf(error)}. A backup that was broken off has no ${MANIFEST}.`, { cause: error });
  }
  if (isManifest(read)) return read;
  throw new Trouble(`${join(folder, MANIFEST)} is of no format that this version can read; it would say "format": "${FORMAT}".`);
};

const digestOf = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
};

/** The files of a backup that are not there, or not as they were written. */
export const brokenFiles = async (folder: string, { schemas }: Manifest): Promise<readonly string[]> => {
  const broken: string[] = [];
  for (const { file, digest } of schemas.flatMap(({ tables }) => tables)) {
    const found = await digestOf(join(folder, file)).catch(messageOf);
    if (found !== digest) broken.push(file);
  }
  return broken;
};
