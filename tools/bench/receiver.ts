// A webhook receiver in a process of its own, so that what it costs is nobody's figure: it takes everything at once, and counts what it has not had before. What has no id is taken, and counts for nothing.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What it says when it is asked how far it is, and when it listens. */
export interface Received {
  readonly url: string;
  /** Deliveries, each counted once. */
  readonly count: number;
  /** Deliveries that came more than once. */
  readonly again: number;
  /** Of a clock that only this process knows; nothing where nothing has come. */
  readonly firstMs: number | undefined;
  readonly lastMs: number | undefined;
}

const seen = new Set<string>();
let [again, firstMs, lastMs]: [number, number | undefined, number | undefined] = [0, undefined, undefined];

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    if (request.headers['webhook-id'] === undefined) return response.writeHead(204).end();
    lastMs = performance.now();
    firstMs ??= lastMs;
    const id = String(request.headers['webhook-id']);
    if (seen.has(id)) again += 1;
    seen.add(id);
    response.writeHead(204).end();
  });
});

const tell = (): void => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ url: `http://127.0.0.1:${port}/hooks`, count: seen.size, again, firstMs, lastMs } satisfies Received);
};

server.listen(0, '127.0.0.1', tell);
process.on('message', tell);
