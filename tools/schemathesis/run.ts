// Lets Schemathesis make up requests from the OpenAPI document of a throw-away Cartage in which orders have lived, and counts the operations that
// answered all of them as the document says: `node tools/run.cjs tools/schemathesis/run.ts <schemathesis> [requests an operation]`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { messageOf } from '@cartage/eventsourcing';
import { cartageOver } from '../simulator/cartage';
import { intentOf } from '../simulator/customers';
import { startThrowAway } from '../simulator/embedded';
import { httpTo } from '../simulator/http';
import { shopOf } from '../simulator/shop';
import { awaited } from '../simulator/patience';
import { progressOf } from '../simulator/terminal';
import { live } from '../simulator/world';
import { knownTo } from './known';
import { readerOf } from './reader';
import { verdictOf, type Report } from './verdict';

const SEED = 7;
const ORDERS = 60;
const UNFINISHED = 6;
/** Requests that are made up at random for one operation, beside those that cover every rule of its schema once. */
const REQUESTS = '15';
/** Three times what it takes on two cores: a run that hangs must not hang the pipeline. */
const WITHIN_MS = 780_000;

const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'refusals_are_problems',
];

const write = async (method: string, url: string, body: object, type = 'application/json'): Promise<void> => {
  const headers = { 'content-type': type, 'idempotency-key': url };
  const answer = await fetch(url, { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${await answer.text()}`);
};

/** A draft of the rules that orders are routed by already. */
const draftRules = async (url: string): Promise<void> => {
  const { rules } = (await readerOf(url)('/fulfillment/rules/settings')) as { readonly rules: object };
  await write('POST', `${url}/fulfillment/rules`, { rules, note: 'As they are.' });
};

/** What no order brings about by itself: whose invoices it gets, what it should cost, orders of before, a gift card, rules of routing, a cart that keeps stock, and a transfer. */
const furnish = async (url: string): Promise<void> => {
  const entity = { name: 'Cartage Trading Ltd', address: ['1 High Street', 'London'], taxId: 'GB123456789', prefix: 'GB-' };
  await write('PUT', `${url}/payments/legal-entities/gb`, { ...entity, channels: [], countries: [] });
  const terms = { currency: 'GBP', taxIncluded: true, validFrom: '2026-01-01T00:00:00Z' };
  await write('PUT', `${url}/inventory/price-lists/general`, { ...terms, prices: [{ sku: 'SKU-001', unitPrice: 1_000 }] });
  await write('POST', `${url}/imports`, { channel: 'old', externalOrderId: 'OLD-1' }, 'application/x-ndjson');
  await write('POST', `${url}/payments/balances/gift-cards`, { currency: 'GBP', amount: 5_000, cause: 'sold' });
  const shelf = { name: 'Kept', country: 'GB', latitude: 51.5, longitude: -0.1, active: true };
  for (const code of ['KEPT', 'FAR']) await write('PUT', `${url}/inventory/locations/${code}`, { ...shelf, kind: 'warehouse' });
  await write('POST', `${url}/inventory/receipts`, { location: 'KEPT', lines: [{ sku: 'SKU-KEPT', quantity: 5 }] });
  await draftRules(url);
  await write('POST', `${url}/inventory/transfers`, { from: 'KEPT', to: 'FAR', lines: [{ sku: 'SKU-KEPT', quantity: 1 }] });
  await write('POST', `${url}/inventory/reservations`, { lines: [{ sku: 'SKU-KEPT', quantity: 1 }], ttlSeconds: 86_400 });
};

const listed = (url: string, list: string): Promise<unknown> =>
  awaited(`something in ${list}`, async () => {
    const { items } = (await readerOf(url)(list)) as { readonly items: readonly unknown[] };
    return items[0];
  });

/** Orders that came to every end there is, and some that still wait for somebody. */
const seed = async (url: string): Promise<void> => {
  const cartage = cartageOver(httpTo(url));
  try {
    await furnish(url);
    await live(cartage, { seed: SEED, orders: ORDERS, progress: progressOf });
    for (let n = ORDERS + 1; n <= ORDERS + UNFINISHED; n += 1) {
      const { channel, externalOrderId, order } = intentOf(SEED, shopOf(SEED), n);
      await cartage.placeOrder(channel, externalOrderId, order);
    }
    for (const list of ['/payments/invoices', '/payments/balances', '/inventory/reservations']) await listed(url, list);
  } finally {
    cartage.close();
  }
};

const argumentsFor = (url: string, folder: string, requests: string): readonly string[] => [
  ...['run', `${url}/docs-json`, '--url', url],
  ...['--phases', 'coverage,fuzzing', '--checks', checks.join(',')],
  ...['--generation-deterministic', '--max-examples', requests, '--no-shrink', '--continue-on-failure'],
  ...['--suppress-health-check', 'all', '--warnings', 'off', '--no-color'],
  ...['--report', 'json', '--report-json-path', join(folder, 'report.json')],
];

/** Its own exit code says no more than its report. */
const generate = async (program: string, url: string, folder: string, requests: string): Promise<Report> => {
  writeFileSync(join(folder, 'known.json'), JSON.stringify(await knownTo(readerOf(url))));
  const child = spawn(program, argumentsFor(url, folder, requests), {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: WITHIN_MS,
    env: {
      ...process.env,
      SCHEMATHESIS_HOOKS: 'hooks',
      PYTHONPATH: resolve('tools/schemathesis'),
      PYTHONDONTWRITEBYTECODE: '1',
      CARTAGE_KNOWN: join(folder, 'known.json'),
    },
  });
  const [, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  if (signal !== null) throw new Error(`Schemathesis was ended by ${signal}; it has ${WITHIN_MS / 1000} s.`);
  return JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
};

const main = async (program: string, requests: string): Promise<number> => {
  const folder = mkdtempSync(join(tmpdir(), 'cartage-schemathesis-'));
  const system = await startThrowAway();
  try {
    await seed(system.url);
    const report = await generate(resolve(program), system.url, folder, requests);
    const { passed, failures } = verdictOf(report);
    for (const failure of failures) console.log(`✗ ${failure}`);
    console.log(`${report.test_cases.generated} requests, ${report.operations.tested} operations`);
    console.log(`${passed} passed, ${report.operations.tested - passed} failed, 0 skipped`);
    return failures.length === 0 ? 0 : 1;
  } finally {
    await system.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

main(process.argv[2] ?? 'schemathesis', process.argv[3] ?? REQUESTS).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(messageOf(error));
    process.exit(1);
  },
);
