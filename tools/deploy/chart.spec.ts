import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { services } from '@cartage/embedded/services';
import { commonSettings } from '@cartage/service-kit';
import { parse } from 'yaml';

const chart = 'deploy/helm/cartage';

interface Values {
  readonly settings?: Readonly<Record<string, string>>;
  readonly defaults?: { readonly settings?: Readonly<Record<string, string>> };
  readonly services?: Readonly<
    Record<
      string,
      {
        readonly paths?: readonly string[];
        readonly settings?: Readonly<Record<string, string>>;
        readonly database?: { readonly secretName: string };
      }
    >
  >;
}

const valuesIn = (file: string): Values => parse(readFileSync(join(chart, file), 'utf8')) as Values;
const values = valuesIn('values.yaml');
const examples = readdirSync(join(chart, 'examples')).map((file) => join('examples', file));

const known = Object.keys(commonSettings(0));
const knownOf = (name: string): readonly string[] => [
  ...known,
  ...Object.keys(services.find((each) => each.name === name)?.settings ?? {}),
];

describe('the Helm chart', () => {
  it('runs every service, each behind the paths that it answers', () => {
    const paths = Object.fromEntries(Object.entries(values.services ?? {}).map(([name, service]) => [name, service.paths]));
    expect(paths).toEqual(Object.fromEntries(services.map((service) => [service.name, service.paths])));
  });

  // What chart.sh renders is what stands in `golden`.
  it.each(['peak', 'operators'])('leads to every service what is about it, its operations too, from the one address of %s', (example) => {
    const golden = readFileSync(join(chart, 'golden', `${example}.yaml`), 'utf8');
    const led = [...golden.matchAll(/^ +- path: (?:\{ type: PathPrefix, value: )?\/([a-z/-]+)/gm)].map(([, path]) => path);
    const paths = services.flatMap((service) => [...service.paths, `operations/${service.name}`]);
    expect(led.toSorted()).toEqual(paths.toSorted());
  });

  it.each(examples)('says in %s of each service where its database is, or of none', (file) => {
    const each = Object.entries(valuesIn(file).services ?? {});
    const said = each.filter(([, { database }]) => database !== undefined).map(([name]) => name);
    expect(said.length === 0 ? [] : services.map(({ name }) => name).filter((name) => !said.includes(name))).toEqual([]);
  });

  it.each(['values.yaml', ...examples])('sets in %s what services know, and nothing else', (file) => {
    const { settings = {}, defaults, services: each = {} } = valuesIn(file);
    expect(Object.keys({ ...settings, ...defaults?.settings }).filter((name) => !known.includes(name))).toEqual([]);
    for (const [name, service] of Object.entries(each)) {
      expect(services.map((one) => one.name)).toContain(name);
      expect(Object.keys(service.settings ?? {}).filter((setting) => !knownOf(name).includes(setting))).toEqual([]);
    }
  });

  it('gives pods only environment that the program reads', () => {
    const template = readFileSync(join(chart, 'templates/_helpers.tpl'), 'utf8');
    const names = [...template.matchAll(/^- name: ([A-Z_]+)$/gm)].map(([, name]) => name ?? '');
    const all = new Set([...known, ...services.flatMap((service) => Object.keys(service.settings)), 'NODE_OPTIONS']);
    expect(names.length).toBeGreaterThan(8);
    expect(names.filter((name) => !all.has(name))).toEqual([]);
  });

  it('mounts the folders that it names to a service: of postal codes, of partners, of returns providers, and of archived events to all', () => {
    const template = readFileSync(join(chart, 'templates/_helpers.tpl'), 'utf8');
    const folders = [...template.matchAll(/^- name: ([A-Z_]+)\n {2}value: (\/var\/lib\/\S+)$/gm)].map(([, name, folder]) => [name, folder]);
    expect(folders.map(([name]) => name)).toEqual(['LOG_ARCHIVE', 'POSTAL_CODES_DIR', 'PARTNER_FOLDER', 'RETURNS_PROVIDER_FOLDER']);
    const mounted = [...template.matchAll(/mountPath: (\/var\/lib\/[^\s,}]+)/g)].map(([, folder]) => folder);
    expect(mounted).toEqual(folders.map(([, folder]) => folder));
  });

  it('keeps secrets out of values: what is secret comes from Secrets', () => {
    const text = ['values.yaml', ...examples].map((file) => readFileSync(join(chart, file), 'utf8')).join('\n');
    expect(text).not.toMatch(/postgres(ql)?:\/\/|kurrentdb(\+discover)?:\/\/\S|password:/i);
  });
});
