import { readdirSync, readFileSync } from 'node:fs';
import { createMetrics, seriesOf } from '@cartage/service-kit';
import { parse } from 'yaml';
import { dashboards, observabilityFiles } from './files';
import { askedIn } from './promql';

const REGENERATE = 'else: npm run reference';

/** What Prometheus itself adds to whatever it scrapes, here by the chart's PodMonitor. */
const ofTarget = ['job', 'instance', 'namespace', 'pod'];
const exposed = new Map(createMetrics().families().flatMap(seriesOf));

/** What an expression asks for that no process exposes. */
const unknownIn = (expr: string): readonly string[] =>
  askedIn(expr).series.flatMap(({ name, labels }) => {
    const known = exposed.get(name);
    if (!known) return [name];
    return labels.filter((label) => !known.includes(label) && !ofTarget.includes(label)).map((label) => `${name}{${label}}`);
  });

/** Labels that a text speaks of, and that the answer to the expression does not have. */
const missingIn = (expr: string, spoken: readonly string[]): readonly string[] => {
  const { grouped, series } = askedIn(expr);
  const has = grouped ?? [...ofTarget, ...series.flatMap(({ name }) => exposed.get(name) ?? [])];
  return spoken.filter((label) => !has.includes(label));
};

const spokenOf = (text: string, pattern: RegExp): readonly string[] => [...text.matchAll(pattern)].map(([, label = '']) => label);

describe('what reads PromQL here', () => {
  it.each([
    ['cartage_nothing', ['cartage_nothing']],
    ['sum by (colour) (rate(cartage_append_seconds_count[5m]))', ['cartage_append_seconds_count{colour}']],
    ['cartage_dead_letters{group="x"}', ['cartage_dead_letters{group}']],
    ['cartage_append_seconds', ['cartage_append_seconds']],
    ['histogram_quantile(0.9, sum by (le, service) (rate(cartage_append_seconds_bucket[$__rate_interval])))', []],
  ])('finds in %s what there is not', (expr, unknown) => expect(unknownIn(expr)).toEqual(unknown));

  it('refuses what Prometheus would refuse', () => expect(() => askedIn('sum by (state (cartage_orders)')).toThrow('no PromQL'));

  it('knows which labels an answer has', () => {
    expect(missingIn('topk(3, sum by (route) (cartage_http_request_seconds_count))', ['route', 'status'])).toEqual(['status']);
    expect(missingIn('sum(cartage_dead_letters)', ['service'])).toEqual(['service']);
    expect(missingIn('cartage_dead_letters > 0', ['service', 'pod', 'group'])).toEqual(['group']);
  });
});

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: Readonly<Record<string, string>>;
}

describe('the alert rules', () => {
  const { groups } = parse(readFileSync('deploy/observability/alerts.yaml', 'utf8')) as { groups: readonly { rules: readonly Rule[] }[] };
  const rules = groups.flatMap((group) => group.rules);
  const runbook = readFileSync('docs/how-to/answer-an-alert.md', 'utf8');

  it.each(rules.map((rule) => [rule.alert, rule] as const))(
    '%s asks for what there is, and says what to do',
    (alert, { expr, annotations }) => {
      expect(unknownIn(expr)).toEqual([]);
      expect(askedIn(expr).series).not.toEqual([]);
      expect(missingIn(expr, spokenOf(Object.values(annotations).join(' '), /\$labels\.(\w+)/g))).toEqual([]);
      expect(annotations['runbook']).toBe(`docs/how-to/answer-an-alert.md#${alert.toLowerCase()}`);
    },
  );

  // What it means, something to look at, and what to do.
  it.each(rules.map(({ alert }) => alert))('%s has a section of its name with something to look at', (alert) => {
    const [, section = ''] = new RegExp(`^### ${alert}\n(.*?)(?=^##)`, 'ms').exec(`${runbook}\n##`) ?? [];
    expect(section).toMatch(/^\n\S.*(```sh\n|`(?:sum|max|histogram_quantile)[ (]).*\w.*$/s);
  });

  it('are the only ones that the runbook speaks of', () =>
    expect(spokenOf(runbook, /^### (\w+)$/gm).toSorted()).toEqual(rules.map(({ alert }) => alert).toSorted()));

  // Only what stands in text as PromQL: it begins with an aggregation, or is named with its labels.
  it('are looked into by PromQL that asks for what there is', () => {
    const asked = spokenOf(runbook, /`((?:sum|max|histogram_quantile)[ (][^`]*)`/g);
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.flatMap(unknownIn)).toEqual([]);
  });
});

interface Shown {
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: Readonly<Record<'x' | 'y' | 'w' | 'h', number>>;
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}

const folder = 'deploy/observability/dashboards';

describe.each(readdirSync(folder))('the dashboard %s', (file) => {
  const { panels } = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as { readonly panels: readonly Shown[] };
  const shown = panels.filter(({ type }) => type !== 'row');

  it.each(shown.map((panel) => [panel.title, panel] as const))('asks in "%s" for what there is, and says what it shows', (_, panel) => {
    expect(panel.description).toMatch(/\w.{20,}\.$/);
    expect(panel.fieldConfig?.defaults.unit).toMatch(/^[a-z]+$/);
    expect(panel.targets).not.toEqual([]);
    for (const { expr, legendFormat } of panel.targets ?? []) {
      expect(unknownIn(expr)).toEqual([]);
      expect(missingIn(expr, spokenOf(legendFormat, /\{\{(\w+)\}\}/g))).toEqual([]);
    }
  });

  it('has no panel over another, and none of the same name', () => {
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, n) => `${x + (n % w)},${y + Math.floor(n / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(new Set(shown.map(({ title }) => title)).size).toBe(shown.length);
  });
});

describe('what is generated', () => {
  it.each([...observabilityFiles()])(`is up to date in %s (${REGENERATE})`, (file, content) =>
    expect(readFileSync(file, 'utf8')).toBe(content),
  );

  it('is every dashboard that there is', () =>
    expect(readdirSync(folder).toSorted()).toEqual(dashboards.map(({ uid }) => `${uid}.json`).toSorted()));

  it('shows every metric of Cartage on one of them', () => {
    const queries = dashboards.flatMap(({ rows }) => rows.flatMap(({ panels }) => panels.flatMap((panel) => panel.queries)));
    const shown = new Set(queries.flatMap(({ expr }) => askedIn(expr).series.map(({ name }) => name)));
    const ours = createMetrics()
      .families()
      .filter(({ name }) => name.startsWith('cartage_'));
    expect(ours.filter((family) => !seriesOf(family).some(([name]) => shown.has(name))).map(({ name }) => name)).toEqual([]);
  });
});
