import { connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { sessionOptions } from '@cartage/postgres';
import { eventually } from '@cartage/testkit';
import { Pool } from 'pg';
import { entries, notebooks, type Notebooks, rowsOf, runViews } from './entries.fixture';

/** As long as `eventually` may need on a busy machine. */
jest.setTimeout(60_000);

let books: Notebooks;
beforeEach(async () => {
  books = await notebooks();
});
afterEach(() => books.close());

/** The way to Postgres of a host that can vanish without a word: nothing comes through any more, and nothing is closed. */
const vanishing = async (pool: Pool) => {
  const url = new URL(pool.options.connectionString ?? '');
  const [host, port] = [url.hostname, Number(url.port)];
  const sockets: Socket[] = [];
  const server = createServer((near) => {
    const far = connect(port, host);
    sockets.push(near, far);
    near.on('error', () => far.destroy()).pipe(far);
    far.on('error', () => near.destroy()).pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url.host = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return {
    pool: new Pool({ connectionString: url.toString(), options: sessionOptions() }),
    vanish: () => sockets.forEach((socket) => socket.unpipe().pause()),
    close: () => {
      sockets.forEach((socket) => socket.destroy());
      server.close();
    },
  };
};

it('moves on to another process when the host of the one that runs the views is gone, though nobody closed its connections', async () => {
  const host = await vanishing(books.pool);
  host.pool.on('error', () => undefined);
  const quick = { tendEveryMs: 20, sessionMs: 500 };
  const gone = await runViews({ ...books.needs([entries], quick), pool: host.pool });
  await gone.reached('entries', await books.note('book-1', 'a'));
  const next = await runViews(books.needs([entries], quick));
  host.vanish();
  try {
    await eventually(async () => {
      await next.reached('entries', await books.note('book-1', 'b'), { timeoutMs: 2_000 });
    });
    const [count] = await rowsOf(books.pool, 'select count(*)::text as n from entries');
    expect(count).toEqual({ n: String(Number(await books.store.head())) });
  } finally {
    host.close();
    await Promise.all([gone.stop(), next.stop()]);
    await host.pool.end();
  }
});
