import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/** A way between services and a server that can be cut. `name`: the server's, such as `kafka/2`. */
export interface Way {
  readonly name: string;
  readonly listen: number;
  readonly upstream: number;
}

export type Trouble = 'cut' | 'slow' | 'black-hole';

/** The network between services and their servers. */
export interface Network {
  lay(way: Way): Promise<void>;
  begin(name: string, trouble: Trouble): Promise<void>;
  end(name: string, trouble: Trouble): Promise<void>;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';
const SLOW = { type: 'latency', attributes: { latency: 400, jitter: 200 } };
/** Nothing arrives, and nobody hangs up. */
const BLACK_HOLE = { type: 'timeout', attributes: { timeout: 0 } };
const toxics = { slow: SLOW, 'black-hole': BLACK_HOLE } as const;

type Asking = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<void>;

const askingAt =
  (port: number): Asking =>
  async (method, path, body) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`http://${HOST}:${port}${path}`, { method, ...sent, signal: AbortSignal.timeout(10_000) });
    if (!answer.ok) throw new Error(`toxiproxy answered ${method} ${path} with ${answer.status}: ${await answer.text()}`);
  };

/** In both directions. */
const beginning = async (ask: Asking, proxy: string, trouble: Trouble): Promise<void> => {
  if (trouble === 'cut') return ask('POST', proxy, { enabled: false });
  for (const stream of ['upstream', 'downstream'])
    await ask('POST', `${proxy}/toxics`, { name: `${trouble}-${stream}`, stream, ...toxics[trouble] });
};

const ending = async (ask: Asking, proxy: string, trouble: Trouble): Promise<void> => {
  if (trouble === 'cut') return ask('POST', proxy, { enabled: true });
  for (const stream of ['upstream', 'downstream']) await ask('DELETE', `${proxy}/toxics/${trouble}-${stream}`);
};

const PATIENCE_MS = 20_000;

const untilThere = async (ask: Asking): Promise<void> => {
  for (const end = Date.now() + PATIENCE_MS; ; await pause(100)) {
    const there = await ask('GET', '/version').then(
      () => true,
      () => false,
    );
    if (there) return;
    if (Date.now() > end) throw new Error('toxiproxy does not answer.');
  }
};

/** By Shopify's toxiproxy, whose program TOXIPROXY_BINARY names (tools/chaos/toxiproxy.sh builds it). It ends with this process, however that ends. */
export const startNetwork = async (binary: string, port: number): Promise<Network> => {
  // Its guard ends it when our end of the pipe closes.
  const guard = '"$@" </dev/null >/dev/null 2>&1 & proxy=$!; while read -r _; do :; done; kill -9 "$proxy"';
  const child = spawn('/bin/sh', ['-c', guard, 'sh', binary, '-host', HOST, '-port', String(port)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const ended = once(child, 'exit');
  const ask = askingAt(port);
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await ended;
  };
  const proxyOf = (name: string): string => `/proxies/${name.replace('/', '-')}`;
  await untilThere(ask).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    lay: ({ name, listen, upstream }) =>
      ask('POST', '/proxies', {
        name: name.replace('/', '-'),
        listen: `${HOST}:${listen}`,
        upstream: `${HOST}:${upstream}`,
        enabled: true,
      }),
    begin: (name, trouble) => beginning(ask, proxyOf(name), trouble),
    end: (name, trouble) => ending(ask, proxyOf(name), trouble),
    stop,
  };
};
