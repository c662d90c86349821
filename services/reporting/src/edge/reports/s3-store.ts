import { Away, messageOf } from '@cartage/eventsourcing';
import { S3mini, type UploadPart } from 's3mini';
import type { FileStore, NewFile } from '../../app/reports/ports';

export interface S3Options {
  /** With the bucket in its path: `https://s3.eu-central-1.amazonaws.com/numbers`. */
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** What the names of all files begin with. */
  readonly prefix: string;
}

/** So much waits in memory; a store takes ten thousand parts, and none but the last below five million bytes. */
const PART_BYTES = 8_000_000;
const TIMEOUT_MS = 120_000;

/** That a store does not answer, or not as it should, is nothing that a report is at fault for. */
const reached = async <Result>(endpoint: string, work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    throw new Away(`The store of reports at ${new URL(endpoint).host} does not take it: ${messageOf(error)}`, { cause: error });
  }
};

/** An object in parts, which is there from the moment that the store is told that these are all of them; one of a single part is put at once. */
class S3File implements NewFile {
  private waiting: Uint8Array[] = [];
  private bytes = 0;
  private upload: string | undefined;
  private readonly parts: UploadPart[] = [];

  constructor(
    private readonly s3: S3mini,
    private readonly endpoint: string,
    private readonly key: string,
  ) {}

  async write(bytes: Uint8Array): Promise<void> {
    this.waiting.push(bytes);
    this.bytes += bytes.length;
    if (this.bytes >= PART_BYTES) await this.send();
  }

  async finish(): Promise<void> {
    const upload = this.upload;
    if (upload === undefined) {
      await reached(this.endpoint, () => this.s3.putObject(this.key, this.taken()));
      return;
    }
    if (this.bytes > 0) await this.send();
    await reached(this.endpoint, () => this.s3.completeMultipartUpload(this.key, upload, [...this.parts]));
  }

  async abort(): Promise<void> {
    const upload = this.upload;
    if (upload !== undefined) await reached(this.endpoint, () => this.s3.abortMultipartUpload(this.key, upload));
  }

  private send(): Promise<void> {
    return reached(this.endpoint, async () => {
      const upload = (this.upload ??= await this.s3.getMultipartUploadId(this.key));
      this.parts.push(await this.s3.uploadPart(this.key, upload, this.taken(), this.parts.length + 1));
    });
  }

  private taken(): Buffer {
    const all = Buffer.concat(this.waiting);
    this.waiting = [];
    this.bytes = 0;
    return all;
  }
}

/** A bucket of anything that speaks S3: its file appears whole or not at all. */
export const s3Store = ({ prefix, ...options }: S3Options): FileStore => {
  const s3 = new S3mini({ ...options, requestAbortTimeout: TIMEOUT_MS });
  const keyOf = (name: string): string => `${prefix}${name}`;
  return {
    create: (name) => Promise.resolve(new S3File(s3, options.endpoint, keyOf(name))),
    read: (name) =>
      reached(options.endpoint, async () => {
        const answer = await s3.getObjectResponse(keyOf(name));
        return answer?.body ?? undefined;
      }),
    remove: (name) =>
      reached(options.endpoint, async () => {
        await s3.deleteObject(keyOf(name));
      }),
  };
};
