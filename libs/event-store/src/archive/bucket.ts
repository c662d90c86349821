import { Away, messageOf } from '@cartage/eventsourcing';
import { S3mini } from 's3mini';
import type { ArchiveFiles } from './files';

export interface ArchiveBucketOptions {
  /** With the bucket in its path: `https://s3.eu-central-1.amazonaws.com/cartage-archive`. */
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** What the names of all files begin with: `cartage/`, or nothing. */
  readonly prefix: string;
}

const TIMEOUT_MS = 60_000;

/**
 * A bucket of anything that speaks S3. An object is there whole or not at all, and the store proves by its SHA-256 that what came is what was sent. Two that write one
 * name write the same: a name of the archive says what is in it.
 */
export const archiveBucket = ({ prefix, ...options }: ArchiveBucketOptions): ArchiveFiles => {
  const s3 = new S3mini({ ...options, requestAbortTimeout: TIMEOUT_MS });
  const place = `${options.endpoint}/${prefix}`;
  const reached = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw new Away(`The bucket of archived events ${place} cannot be used: ${messageOf(error)}`, { cause: error });
    }
  };
  // All pages of it. The delimiter is no more than the path that is asked.
  const keys = async (): Promise<readonly string[]> => ((await s3.listObjects('/', prefix)) ?? []).map(({ Key }) => Key);
  return {
    place,
    read: (name) =>
      reached(async () => {
        const content = await s3.getObjectArrayBuffer(`${prefix}${name}`);
        return content === null ? undefined : Buffer.from(content);
      }),
    write: (name, content) => reached(async () => void (await s3.putObject(`${prefix}${name}`, content))),
    list: () => reached(async () => (await keys()).map((key) => key.slice(prefix.length)).toSorted()),
  };
};
