import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scopes, startAll, type Route, type Running } from '@cartage/service-kit';
import { TestIssuer, testDatabase, type TestDatabase } from '@cartage/testkit';
import { services } from '../services';
import type { Things } from './belonging.calls.fixture';
import { callsTo, type Calls, type Json } from './calls.fixture';
import { comparedWith, type Document } from './document.fixture';

/** May do everything. */
export const all = { scope: scopes.join(' ') };

/** Some of two channels, the house, and the staff of three locations. */
const claims = {
  ...{ market: { channels: ['market'] }, web: { channels: 'web' }, house: {} },
  ...{ ldn: { locations: ['LDN'] }, par: { locations: ['PAR'] }, man: { locations: ['MAN'] } },
};
export type Who = keyof typeof claims;

const some = '0199a3c4-7b1e-7c3d-9f2a-000000000001';
export const addressOf = ({ url }: Pick<Route, 'url'>): string =>
  url
    .replace(/:service\b/, 'order')
    .replace(/:\w+/g, some)
    .replace('*', 'index.html');
export const nameOf = ({ method, url }: Pick<Route, 'method' | 'url'>): string => `${method} ${url}`;

/** They speak of a channel's orders, and list none. */
const noLists: ReadonlySet<string> = new Set(['/stream', '/orders/counts']);

/** A handler that keeps people within by itself has to be asked for something that it could do. */
const bodyFor = ({ method, keeps }: Route): object | undefined =>
  method === 'GET' ? undefined : keeps ? { lines: [{ lineId: '1', quantity: 1 }] } : {};

/** All services in one process, that let in whom an issuer of their own names. */
export class GuardedCartage {
  private readonly tokens = new Map<Who, string>();
  private readonly compared: ReturnType<typeof comparedWith>;
  private keys = 0;

  private constructor(
    readonly running: Running,
    readonly issuer: TestIssuer,
    readonly document: Document,
    private readonly database: TestDatabase,
  ) {
    this.compared = comparedWith(document);
  }

  static async start(): Promise<GuardedCartage> {
    const [database, issuer] = await Promise.all([testDatabase(), new TestIssuer().start()]);
    const folder = mkdtempSync(join(tmpdir(), 'cartage-let-in-'));
    const kept = { MASTER_KEY_FILE: join(folder, 'master.key'), MAIL_FOLDER: folder };
    const limits = { RATE_LIMIT: '0', RATE_LIMIT_PUBLIC: '0' };
    const environment = { DATABASE_URL: database.url, ...kept, ...limits, PORT: '0', LOG_LEVEL: 'fatal', ...issuer.settings };
    const running = await startAll(services, { environment });
    const document = (await (await fetch(`${running.url}/docs-json`)).json()) as Document;
    const guarded = new GuardedCartage(running, issuer, document, database);
    for (const [who, claim] of Object.entries(claims))
      guarded.tokens.set(who as Who, await issuer.token({ ...all, sub: `of-${who}`, ...claim }));
    return guarded;
  }

  async stop(): Promise<void> {
    await this.running.close();
    await Promise.all([this.database.drop(), this.issuer.stop()]);
  }

  get guarded(): readonly Route[] {
    return this.running.routes.filter(({ reason }) => reason === undefined);
  }

  get open(): readonly Route[] {
    return this.running.routes.filter(({ reason }) => reason !== undefined);
  }

  callsOf(who: Who): Calls {
    return callsTo(() => ({ url: this.running.url, compared: this.compared, token: this.tokens.get(who) ?? '' }));
  }

  async answerTo(who: Who, method: string, path: string, body?: object) {
    const key = `k-${(this.keys += 1)}`;
    const headers = { authorization: `Bearer ${this.tokens.get(who)}`, 'content-type': 'application/json', 'idempotency-key': key };
    const response = await fetch(`${this.running.url}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    const text = await response.text();
    return { status: response.status, body: /^[{[]/.test(text) ? (JSON.parse(text) as Json) : {} };
  }

  /** Addresses that name one of these things. */
  about(things: Things): readonly (Route & { readonly path: string })[] {
    return this.guarded
      .filter(({ method, url }) => method !== 'HEAD' && Object.keys(things).some((name) => url.split('/').includes(`:${name}`)))
      .map((route) => ({
        ...route,
        path: addressOf({ url: route.url.replace(/:(\w+)/g, (param, name: string) => things[name] ?? param) }),
      }));
  }

  /** Those of them that show somebody anything of the things. */
  async shownTo(who: Who, things: Things): Promise<readonly string[]> {
    const seen: string[] = [];
    for (const route of this.about(things)) {
      const { status } = await this.answerTo(who, route.method, route.path, bodyFor(route));
      if (status !== 404 && status !== 403) seen.push(`${nameOf(route)}: ${status}`);
    }
    return seen;
  }

  /** Those of them that somebody may not so much as look at. */
  async refusedTo(who: Who, things: Things): Promise<readonly string[]> {
    const refused: string[] = [];
    for (const route of this.about(things).filter(({ method }) => method === 'GET')) {
      const { status } = await this.answerTo(who, 'GET', route.path);
      if (status === 403 || status >= 500) refused.push(`${nameOf(route)}: ${status}`);
    }
    return refused;
  }

  listsWithin(field: 'query.channel' | 'query.location'): readonly string[] {
    return this.guarded.flatMap(({ method, url, within = [] }) =>
      method === 'GET' && !noLists.has(url) && within.includes(field) ? [url] : [],
    );
  }

  /** What of a list somebody sees, by one of its fields. */
  async seenBy(who: Who, url: string, field: string): Promise<readonly unknown[]> {
    return [...new Set((await this.callsOf(who).itemsOf(url)).flatMap((item) => item[field]))];
  }
}
