import { eventually, testDatabase, type TestDatabase } from '@cartage/testkit';
import { startAll, type Running } from '../start/start-all';
import { tallyService } from '../start/tally.sample';
import { seriesOf } from './families';
import { createMetrics } from './metrics';

let database: TestDatabase;
let running: Running;

beforeAll(async () => {
  database = await testDatabase();
  const environment = {
    DATABASE_URL: database.url,
    MASTER_KEY: Buffer.alloc(32, 6).toString('base64'),
    PORT: '0',
    LOG_LEVEL: 'silent',
    LARGEST: '1000',
  };
  running = await startAll([tallyService], { environment });
});

afterAll(async () => {
  await running.close();
  await database.drop();
});

const scrape = async (): Promise<string> => (await fetch(`${running.url}/metrics`)).text();

/** The value of the series whose labels are these and no others that matter. */
const valueOf = (text: string, series: string): number | undefined => {
  const line = text.split('\n').find((each) => each.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
};

const countUp = async (quantity: number, key: string): Promise<number> => {
  const { status } = await fetch(`${running.url}/tallies`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ name: 'metrics', quantity }),
  });
  return status;
};

describe('the metrics of a process', () => {
  it('count requests by route and status, never by address, and appends by service', async () => {
    expect([await countUp(1, 'm-1'), await countUp(2, 'm-2'), await countUp(-1, 'm-3')]).toEqual([201, 201, 422]);
    const text = await scrape();
    expect(valueOf(text, 'cartage_http_request_seconds_count{method="POST",route="/tallies",status="201"}')).toBe(2);
    expect(valueOf(text, 'cartage_http_request_seconds_count{method="POST",route="/tallies",status="422"}')).toBe(1);
    expect(valueOf(text, 'cartage_append_seconds_count{service="tally"}')).toBeGreaterThanOrEqual(2);
    await fetch(`${running.url}/tallies/one-name`);
    await fetch(`${running.url}/tallies/another-name`);
    expect(await scrape()).not.toMatch(/one-name|another-name/);
  });

  it('tell of a listening group and a view how far behind they are, and that the parts are up', async () => {
    await countUp(3, 'm-4');
    await eventually(async () => {
      const text = await scrape();
      expect(valueOf(text, 'cartage_view_lag_seconds{service="tally",view="tally_count"}')).toBe(0);
      expect(valueOf(text, 'cartage_listener_waiting_seconds{service="tally",group="tally.order"}')).toBe(0);
      expect(valueOf(text, 'cartage_part_up{part="tally.database"}')).toBe(1);
      expect(valueOf(text, 'cartage_dead_letters{service="tally"}')).toBe(0);
      expect(valueOf(text, 'cartage_log_follower_lag_positions{service="tally",follower="tally.order"}')).toBe(0);
    });
  });

  it('have the names and labels that their reference, the dashboards and the alerts count on', async () => {
    const families = createMetrics().families();
    const text = await scrape();
    const told = new Set([...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name));
    expect(families.filter(({ name }) => !told.has(name))).toEqual([]);
    const series = new Map(families.flatMap(seriesOf));
    const odd = [...text.matchAll(/^(\w+)(?:\{([^}]*)\})? /gm)].flatMap(([, name = '', labels = '']) => {
      const known = series.get(name);
      const unknown = [...labels.matchAll(/(\w+)="/g)].map(([, label = '']) => label).filter((label) => !known?.includes(label));
      return known && unknown.length === 0 ? [] : [`${name}{${unknown.join()}}`];
    });
    expect(odd).toEqual([]);
  });

  it('are told as Prometheus reads them', async () => {
    const answer = await fetch(`${running.url}/metrics`);
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    expect(await answer.text()).toMatch(/^# HELP cartage_http_request_seconds .+\n# TYPE cartage_http_request_seconds histogram$/m);
  });
});
