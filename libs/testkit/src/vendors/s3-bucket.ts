import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const KEY_ID = 'AKIDTEST';
const SECRET = 'a secret that only the bucket and its writer know';
const REGION = 'eu-test-1';

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

const partOf = (authorization: string, name: string): string => new RegExp(`${name}=([^,]+)`).exec(authorization)?.[1] ?? '';

/** What the headers say of the request, computed anew (AWS Signature Version 4). */
const signatureOf = (request: IncomingMessage, url: URL, authorization: string): string => {
  const [credential, signed] = [partOf(authorization, 'Credential'), partOf(authorization, 'SignedHeaders')];
  const scope = credential.slice(credential.indexOf('/') + 1);
  const headers = signed.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const query = [...url.searchParams].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).toSorted();
  const payload = String(request.headers['x-amz-content-sha256']);
  const canonical = [request.method, url.pathname, query.join('&'), headers.join(''), signed, payload].join('\n');
  const [day, ...rest] = scope.split('/');
  const key = rest.reduce<Buffer>(hmac, hmac(`AWS4${SECRET}`, String(day)));
  return hmac(key, ['AWS4-HMAC-SHA256', String(request.headers['x-amz-date']), scope, sha256(canonical)].join('\n')).toString('hex');
};

interface Upload {
  readonly key: string;
  readonly parts: Map<number, Buffer>;
}

/** A bucket that speaks as S3 does of what a writer needs: signatures are proven, and an object of several parts is there when it is completed, and not before. */
export class S3Bucket {
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));
  private readonly uploads = new Map<string, Upload>();
  private begun = 0;
  readonly objects = new Map<string, Buffer>();
  /** Answers so many requests as a store that is out of order. */
  broken = 0;

  /** It names at most so many objects in one answer. */
  constructor(private readonly options: { readonly most: number } = { most: 1_000 }) {}

  async start(): Promise<{
    readonly endpoint: string;
    readonly region: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  }> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/numbers`;
    return { endpoint, region: REGION, accessKeyId: KEY_ID, secretAccessKey: SECRET };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  /** Uploads that nobody completed or gave up. */
  get open(): number {
    return this.uploads.size;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const url = new URL(request.url ?? '/', 'http://bucket');
    if (this.broken > 0) {
      this.broken -= 1;
      return void response.writeHead(503).end();
    }
    if (!this.isProven(request, url, body)) return void response.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>');
    this.answer(
      { method: request.method ?? '', key: decodeURIComponent(url.pathname.replace('/numbers/', '')), query: url.searchParams, body },
      response,
    );
  }

  private isProven(request: IncomingMessage, url: URL, body: Buffer): boolean {
    const authorization = String(request.headers.authorization);
    const said = String(request.headers['x-amz-content-sha256']);
    const isBody = said === 'UNSIGNED-PAYLOAD' || said === sha256(body);
    return (
      isBody &&
      authorization.includes(`Credential=${KEY_ID}/`) &&
      authorization.endsWith(`Signature=${signatureOf(request, url, authorization)}`)
    );
  }

  private answer(
    asked: { readonly method: string; readonly key: string; readonly query: URLSearchParams; readonly body: Buffer },
    response: ServerResponse,
  ): void {
    const { method, key, query, body } = asked;
    const upload = query.get('uploadId') ?? '';
    const doing: Readonly<Record<string, () => void>> = {
      GET: () => (query.has('list-type') ? this.list(query, response) : this.get(key, response)),
      DELETE: () => {
        if (upload === '') this.objects.delete(key);
        else this.uploads.delete(upload);
        response.writeHead(204).end();
      },
      PUT: () => this.put(key, { upload, part: Number(query.get('partNumber')), body }, response),
      POST: () => (upload === '' ? this.begin(key, response) : this.complete(upload, body.toString('utf8'), response)),
    };
    (doing[method] ?? (() => response.writeHead(405).end()))();
  }

  private get(key: string, response: ServerResponse): void {
    const found = this.objects.get(key);
    if (found) response.writeHead(200, { 'content-length': found.length }).end(found);
    else response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
  }

  /** A page of names, in their order; the token is the last of the page before. */
  private list(query: URLSearchParams, response: ServerResponse): void {
    const [prefix, after] = [query.get('prefix') ?? '', query.get('continuation-token') ?? ''];
    const names = [...this.objects.keys()].filter((key) => key.startsWith(prefix) && key > after).toSorted();
    const page = names.slice(0, Math.min(this.options.most, Number(query.get('max-keys') ?? this.options.most)));
    const isMore = page.length < names.length;
    const contents = page.map((key) => `<Contents><Key>${key}</Key><Size>${this.objects.get(key)?.length ?? 0}</Size></Contents>`);
    const next = isMore ? `<NextContinuationToken>${page.at(-1) ?? ''}</NextContinuationToken>` : '';
    response.writeHead(200, { 'content-type': 'application/xml' });
    response.end(
      `<ListBucketResult><Name>numbers</Name><KeyCount>${page.length}</KeyCount><IsTruncated>${String(isMore)}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`,
    );
  }

  private put(
    key: string,
    { upload, part, body }: { readonly upload: string; readonly part: number; readonly body: Buffer },
    response: ServerResponse,
  ): void {
    const open = this.uploads.get(upload);
    if (upload === '') this.objects.set(key, body);
    else if (open) open.parts.set(part, body);
    else return void response.writeHead(404).end('<Error><Code>NoSuchUpload</Code></Error>');
    response.writeHead(200, { etag: `"${createHash('md5').update(body).digest('hex')}"` }).end();
  }

  private begin(key: string, response: ServerResponse): void {
    const id = `upload-${(this.begun += 1)}`;
    this.uploads.set(id, { key, parts: new Map() });
    response.writeHead(200, { 'content-type': 'application/xml' });
    response.end(
      `<InitiateMultipartUploadResult><Bucket>numbers</Bucket><Key>${key}</Key><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
    );
  }

  /** All parts that are named, by their digests; none but the last may be small. */
  private complete(id: string, list: string, response: ServerResponse): void {
    const open = this.uploads.get(id);
    const named = [...list.matchAll(/<PartNumber>(\d+)<\/PartNumber>\s*<ETag>(?:&quot;|")?([0-9a-f]+)/g)];
    const parts = named.map(([, number, digest]) => ({ digest, bytes: open?.parts.get(Number(number)) ?? Buffer.alloc(0) }));
    const isGood =
      open !== undefined &&
      parts.length > 0 &&
      parts.every(({ digest, bytes }) => createHash('md5').update(bytes).digest('hex') === digest);
    if (!isGood || parts.slice(0, -1).some(({ bytes }) => bytes.length < 5 * 1_048_576))
      return void response.writeHead(400).end('<Error><Code>InvalidPart</Code></Error>');
    this.objects.set(open.key, Buffer.concat(parts.map(({ bytes }) => bytes)));
    this.uploads.delete(id);
    response.writeHead(200, { 'content-type': 'application/xml' });
    response.end(`<CompleteMultipartUploadResult><Key>${open.key}</Key><ETag>"${id}"</ETag></CompleteMultipartUploadResult>`);
  }
}
