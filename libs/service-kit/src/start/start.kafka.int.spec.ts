import { describeWith, eventually, kafka, testDatabase, type TestDatabase } from '@cartage/testkit';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { startAll, type Running } from './start-all';
import { tallyService } from './tally.sample';

describeWith(kafka, 'a service on Kafka', (server) => {
  let database: TestDatabase;
  const replicas: Running[] = [];
  const exporter = new InMemorySpanExporter();

  const startReplica = async (more: Readonly<Record<string, string>> = {}): Promise<Running> => {
    const environment = {
      DATABASE_URL: database.url,
      KAFKA_BROKERS: server().brokers.join(','),
      MASTER_KEY: Buffer.alloc(32, 9).toString('base64'),
      PORT: '0',
      DRAIN_DELAY_MS: '0',
      LOG_LEVEL: 'silent',
      LARGEST: '100',
      OTEL_TRACES_SAMPLER_ARG: '1',
      ...more,
    };
    const replica = await startAll([tallyService], { environment, spans: new SimpleSpanProcessor({ exporter }) });
    replicas.push(replica);
    return replica;
  };

  const add = async ({ url }: Running, name: string): Promise<void> => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': name };
    const answer = await fetch(`${url}/tallies`, { method: 'POST', headers, body: JSON.stringify({ name, quantity: 1 }) });
    expect(answer.status).toBe(201);
  };

  const heard = ({ url }: Running, name: string): Promise<void> =>
    eventually(async () => expect(await (await fetch(`${url}/tallies/${name}`)).json()).toHaveProperty('heard', 1), { withinMs: 45_000 });

  /** What follows from this request, over Kafka, too. */
  const namesInTraceOf = (request: string): readonly string[] => {
    const spans = exporter.getFinishedSpans();
    const traceId = spans.find(({ name }) => name === request)?.spanContext().traceId;
    const names = spans.filter((span) => span.spanContext().traceId === traceId).map(({ name }) => name);
    return [...new Set(names)].filter((name) => /^(append|send|process) /.test(name)).toSorted();
  };

  const publishes = async ({ url }: Running): Promise<unknown> => {
    const { checks } = (await (await fetch(`${url}/health/ready`)).json()) as Record<'checks', Record<string, { detail: object }>>;
    return checks['tally.messaging']?.detail;
  };

  beforeAll(async () => {
    database = await testDatabase();
  });

  // After each and not after all: by then Kafka has been stopped.
  afterEach(async () => {
    for (const replica of replicas.splice(0)) await replica.close();
  }, 60_000);

  afterAll(() => database.drop());

  it('publishes its log and hears it again, and another replica takes over when the one that publishes goes', async () => {
    const first = await startReplica();
    await eventually(async () => expect(await publishes(first)).toMatchObject({ publishesHere: true }));
    const second = await startReplica();
    expect(await publishes(second)).toMatchObject({ publishesHere: false, over: expect.stringContaining('Kafka') });
    await add(second, 'apples');
    await heard(second, 'apples');
    await eventually(() => expect(namesInTraceOf('POST /tallies')).toEqual(['append tally', 'process order.events', 'send order.events']));

    await first.close();
    await add(second, 'pears');
    await heard(second, 'pears');
    expect(await publishes(second)).toMatchObject({ publishesHere: true });
  }, 120_000);

  it('starts without its brokers, takes what it is asked, and says in health what is away', async () => {
    const replica = await startReplica({ KAFKA_BROKERS: '127.0.0.1:1' });
    await add(replica, 'plums');
    await eventually(async () => {
      const { status, checks } = (await (await fetch(`${replica.url}/health/ready`)).json()) as { status: string; checks: object };
      expect([status, checks]).toMatchObject(['degraded', { 'tally.messaging': { ok: false, error: expect.stringMatching(/tally\.order has no Kafka since .*ECONNREFUSED/) } }]); // prettier-ignore
    });
  }, 120_000);
});
