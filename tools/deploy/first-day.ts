// Renders the chart by the very commands of docs/how-to/first-day-on-kubernetes.md, and checks what comes of it against what the page says before and after:
// `node tools/run.cjs tools/deploy/first-day.ts <helm> <kubeconform> <folder of schemas> <version of Kubernetes>`.
import { execFileSync } from 'node:child_process';
import { services } from '@cartage/embedded/services';
import { messageOf } from '@cartage/eventsourcing';
import { parseAllDocuments } from 'yaml';
import { commandIn, firstDayCommands, optionsIn, secretsOf, wordsOf } from './first-day-page';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: { readonly ports?: readonly { readonly port: number }[] };
}

const commands = firstDayCommands();
const install = commandIn(commands, 'helm upgrade --install');

/** What is rendered for `helm upgrade --install …`, as `helm template` takes it. */
const rendered = (helm: string, kubernetes: string, more: readonly string[] = []): string =>
  execFileSync(helm, ['template', ...install.slice(3), ...more, '--kube-version', kubernetes, '--is-upgrade'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1_048_576,
  });

const manifestsIn = (text: string): readonly Manifest[] =>
  parseAllDocuments(text).flatMap((document) => {
    const manifest = document.toJS() as Manifest | null;
    return manifest ? [manifest] : [];
  });

interface Reference {
  readonly name: string;
  readonly keys: readonly string[];
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** Each Secret that a pod reads: a key of it as a variable, or keys of it as files. */
const referencesIn = (value: unknown): readonly Reference[] => {
  if (!isFields(value)) return [];
  const { secretKeyRef, secretName, items } = value;
  const own: Reference[] = [];
  if (isFields(secretKeyRef)) own.push({ name: String(secretKeyRef['name']), keys: [String(secretKeyRef['key'])] });
  if (typeof secretName === 'string' && Array.isArray(items))
    own.push({ name: secretName, keys: items.map((item) => (isFields(item) ? String(item['key']) : '')) });
  return [...own, ...Object.values(value).flatMap(referencesIn)];
};

const missingSecrets = (manifests: readonly Manifest[]): readonly string[] => {
  const made = secretsOf(commands, services);
  const references = referencesIn(manifests);
  if (references.length < services.length) return [`Only ${references.length} references to Secrets were found.`];
  return references.flatMap(({ name, keys }) =>
    keys.filter((key) => made.get(name)?.has(key) !== true).map((key) => `Secret ${name} has no key ${key}.`),
  );
};

/** The console follows nothing. */
const rolesOf = (service: string): readonly string[] => (service === 'console' ? ['api'] : ['api', 'worker']);

/** Who is waited for, and who is forwarded to. */
const missingTargets = (manifests: readonly Manifest[]): readonly string[] => {
  const [label = '', value] = (
    optionsIn(commandIn(commands, 'kubectl --namespace shop rollout status deployment'), '--selector')[0] ?? ''
  ).split('=');
  const deployments = manifests.filter(({ kind }) => kind === 'Deployment');
  const unlabelled = deployments.filter(({ metadata }) => metadata.labels?.[label] !== value).map(({ metadata }) => metadata.name);
  const forwarded = commands
    .map(wordsOf)
    .flatMap((words) => (words.includes('port-forward') ? words.filter((word) => word.includes('/')) : []));
  const answering = new Set(
    manifests.flatMap(({ kind, metadata, spec }) =>
      kind === 'Service' && spec?.ports?.some(({ port }) => port === 80) === true ? [`service/${metadata.name}`] : [],
    ),
  );
  return [
    ...services
      .flatMap(({ name }) => rolesOf(name).map((role) => `${name}-${role}`))
      .filter((name) => !deployments.some(({ metadata }) => metadata.name.endsWith(`-${name}`)))
      .map((name) => `There is no deployment ${name}.`),
    ...unlabelled.map((name) => `Nobody waits for deployment ${name}.`),
    ...forwarded.filter((target) => !answering.has(target)).map((target) => `There is no ${target} with port 80.`),
  ];
};

const imagesIn = (text: string): readonly string[] => [...text.matchAll(/^\s+image: "?([^"\n]+)"?$/gm)].map(([, image = '']) => image);

/** The upgrade changes the version of every image, and nothing else of them. */
const wrongUpgrade = (before: string, after: string): readonly string[] => {
  const [tag = ''] = optionsIn(commandIn(commands, 'helm upgrade cartage'), '--set');
  const [, version = ''] = tag.split('=');
  const expected = imagesIn(before).map((image) => image.replace(/:[^:]*$/, `:${version}`));
  const are = imagesIn(after);
  if (expected.length === 0) return ['No images were found.'];
  return are.filter((image, i) => image !== expected[i]).map((image) => `After the upgrade there is ${image}.`);
};

const main = ([helm = '', kubeconform = '', schemas = '', kubernetes = '']: readonly string[]): number => {
  const text = rendered(helm, kubernetes);
  const location = `${schemas}/{{.ResourceKind}}{{.KindSuffix}}.json`;
  execFileSync(kubeconform, ['-strict', '-skip', 'HTTPRoute,PodMonitor', '-schema-location', location, '-'], {
    input: text,
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const upgraded = rendered(
    helm,
    kubernetes,
    optionsIn(commandIn(commands, 'helm upgrade cartage'), '--set').flatMap((pair) => ['--set', pair]),
  );
  const manifests = manifestsIn(text);
  const faults = [...missingSecrets(manifests), ...missingTargets(manifests), ...wrongUpgrade(text, upgraded)];
  for (const fault of new Set(faults)) console.error(`first day: ${fault}`);
  return faults.length === 0 ? 0 : 1;
};

try {
  process.exit(main(process.argv.slice(2)));
} catch (error) {
  console.error(`first day: ${messageOf(error)}`);
  process.exit(1);
}
