import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { Upload } from './upload';

export interface Spooled {
  /** Of what it holds. */
  readonly hash: string;
  /** The file from its beginning. */
  readonly open: () => Upload;
  readonly discard: () => Promise<void>;
}

/** Keeps a file aside, packed, until it is known what it holds: only then is it known whether it was taken before. */
export const spooled = async (upload: Upload): Promise<Spooled> => {
  const folder = await mkdtemp(join(tmpdir(), 'cartage-upload-'));
  const discard = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const path = join(folder, 'file.gz');
  const hash = createHash('sha256');
  const hashed = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
  try {
    await pipeline(upload.bytes, hashed, createGzip({ level: 1 }), createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    await discard();
    throw error;
  }
  const open = (): Upload => {
    const unpacked = createGunzip();
    // A fault of the file is one of whoever reads it.
    pipeline(createReadStream(path), unpacked).catch((error: unknown) => unpacked.destroy(error as Error));
    return new Upload(unpacked, upload.type);
  };
  return { hash: hash.digest('hex'), open, discard };
};
