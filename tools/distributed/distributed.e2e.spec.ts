import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith, eventually, freePorts, kafkaCluster, KAFKA_VERSION, type Running, type TestServer } from '@cartage/testkit';
import { boundedChaos } from '../chaos/bounded';
import { counts, textOf } from '../chaos/report';
import { plannedServices } from './plan';
import { startSystem, type System } from './system';

const SOON = { withinMs: 60_000, everyMs: 100 };

interface WatchedSystem extends System, Running {
  readonly said: readonly string[];
}

const start = async (): Promise<WatchedSystem> => {
  const folder = mkdtempSync(join(tmpdir(), 'cartage-distributed-'));
  chmodSync(folder, 0o755);
  const [PORT = 0, KAFKA_PORT = 0, POSTGRES_PORT = 0, ...ports] = await freePorts(3 + plannedServices.length);
  const plan = plannedServices.map((service, i) => ({ ...service, port: ports[i] ?? 0 }));
  const said: string[] = [];
  const settings = { CARTAGE_DIR: join(folder, 'data'), PORT, KAFKA_PORT, POSTGRES_PORT, LOG_LEVEL: 'warn' };
  // As soon as Kafka allows: whoever was killed is given up, and its successor heard, without a long wait.
  const environment = { KAFKA_SESSION_TIMEOUT_MS: '6000', MAIL_FOLDER: join(folder, 'mail') };
  const system = await startSystem(settings, (line) => said.push(line), { plan, environment });
  const stop = async (): Promise<void> => {
    await system.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...system, said, stop, from: `a process for each service, and Apache Kafka ${KAFKA_VERSION} on this machine’s Java` };
};

const distributed: TestServer<WatchedSystem> = { name: 'a Kafka of our own', missing: kafkaCluster.missing, start };

describeWith(distributed, 'all of Cartage in a process for each service, as `npm run start:distributed` runs it', (system) => {
  const post = async (path: string, body: object): Promise<Response> =>
    fetch(`${system().entrance.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify(body),
    });

  const place = async (): Promise<string> => {
    const answer = await post('/orders', {
      customer: { id: 'customer-1', name: 'Ada Miller', email: 'ada@example.org' },
      shipTo: { lines: ['1 High Street'], city: 'London', postalCode: 'EC1A 1BB', country: 'GB' },
      currency: 'GBP',
      lines: [{ sku: 'NOWHERE', quantity: 1, unitPrice: 700 }],
      payment: { method: 'card', token: 'tok_visa' },
    });
    expect(answer.status).toBe(201);
    return ((await answer.json()) as { readonly orderId: string }).orderId;
  };

  /** As far as an order comes without stock: inventory has answered. */
  const isHeld = (orderId: string): Promise<void> =>
    eventually(async () => {
      const answer = await fetch(`${system().entrance.url}/orders/${orderId}`);
      expect(await answer.json()).toMatchObject({ status: 'on-hold', holds: [{ type: 'stock-short' }] });
    }, SOON);

  it('keeps every promise to a shop whose orders are under way while services are killed and frozen', async () => {
    const report = await boundedChaos(system(), { seed: 7, faults: 6, orders: 10, say: () => undefined });
    const [text, { failed }] = [textOf(report), counts(report)];
    console.log(text);
    expect({ failed, text }).toEqual({ failed: 0, text });
    expect(report.faults.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 6 }, () => 'injected'));
  }, 600_000);

  it('starts a service that is killed again; meanwhile the other five go on, and no order stands still', async () => {
    const saidBefore = system().said.length;
    const before = await place();
    await isHeld(before);
    const inventory = system().services.find(({ name }) => name === 'services/inventory');
    await inventory?.kill();
    const meanwhile = await place();
    await isHeld(meanwhile);
    await eventually(
      async () => expect((await fetch(`${system().entrance.url}/inventory/availability?sku=NOWHERE`)).status).toBe(200),
      SOON,
    );
    const told = () =>
      system()
        .said.slice(saidBefore)
        .filter((line) => line.startsWith('services/'));
    await eventually(
      () =>
        expect(told()).toEqual([
          // The pause is longer for one that has ended a moment ago, too.
          expect.stringMatching(/^services\/inventory ended by itself with code 137; it is started again in \d+ s\.$/),
          'services/inventory answers again.',
        ]),
      SOON,
    );
  }, 120_000);
});
