import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { services } from '@cartage/embedded/services';
import { parse } from 'yaml';
import { addressesFile, commandIn, FIRST_DAY, firstDayCommands, optionsIn, secretsOf, wordsOf } from './first-day-page';

/* What a pipeline can hold of the page without a cluster. What the chart makes of its values is checked by tools/deploy/first-day.ts, with Helm. */

const page = readFileSync(FIRST_DAY, 'utf8');
const commands = firstDayCommands();
const values = parse(readFileSync('deploy/helm/cartage/values.yaml', 'utf8')) as {
  readonly image: { readonly repository: string };
  readonly database: { readonly secretName: string };
  readonly vault: { readonly databaseSecretKey: string; readonly masterKeySecretName: string; readonly masterKeySecretKey: string };
};
const install = commandIn(commands, 'helm upgrade --install');
const set = new Map(optionsIn(install, '--set').map((pair) => pair.split(/=(.*)/s, 2) as [string, string]));
const names = services.map(({ name }) => name);

describe('the first day on Kubernetes', () => {
  it('builds an image of each service, by a Dockerfile that takes its name, and under the name that the chart asks for', () => {
    const [, each = ''] = /^for service in (.*); do$/m.exec(page) ?? [];
    expect(each.split(' ').toSorted()).toEqual([...names].toSorted());
    const build = commandIn(commands, 'docker build');
    const [dockerfile = ''] = optionsIn(build, '-f');
    expect(optionsIn(build, '--build-arg')).toEqual(['SERVICE=$service']);
    expect(readFileSync(dockerfile, 'utf8')).toMatch(/^ARG SERVICE$/m);
    const image = `${set.get('image.registry')}/${values.image.repository}/$service:${set.get('image.tag')}`;
    expect(optionsIn(build, '-t')).toEqual([image]);
    expect(commandIn(commands, 'docker push').at(-1)).toBe(image);
  });

  it('makes the Secrets that the chart reads, with the keys that it reads', () => {
    const secrets = secretsOf(commands, services);
    expect([...secrets.keys()]).toEqual([
      values.database.secretName,
      set.get('vault.databaseSecretName'),
      values.vault.masterKeySecretName,
    ]);
    expect([...(secrets.get(values.database.secretName) ?? [])]).toEqual(expect.arrayContaining([...names, 'vault']));
    expect([...(secrets.get(String(set.get('vault.databaseSecretName'))) ?? [])]).toEqual([values.vault.databaseSecretKey]);
    expect([...(secrets.get(values.vault.masterKeySecretName) ?? [])]).toEqual([values.vault.masterKeySecretKey]);
  });

  it('takes the address of the vault, and of nothing else, out of the file of addresses', () => {
    const [, taking = ''] = /url="\$\((sed -n '[^']*') databases\.env\)"/.exec(page) ?? [];
    const url = execFileSync('bash', ['-c', taking], { input: addressesFile(services), encoding: 'utf8' });
    expect(new URL(url.trim())).toMatchObject({ username: 'cartage_vault', hostname: 'postgres.example.com' });
  });

  it('calls commands that there are', () => {
    const scripts = (JSON.parse(readFileSync('package.json', 'utf8')) as { readonly scripts: Readonly<Record<string, string>> }).scripts;
    const run = commands.flatMap((command) => [...command.matchAll(/npm run (\S+)/g)].map(([, script = '']) => script));
    expect(run).toEqual(['roles']);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(run));
    const known = ['for', 'docker', 'done', 'kubectl', 'helm'];
    const first = commands.map((command) => wordsOf(command.replace(/^DATABASE_URL='[^']*' /, ''))[0] ?? '');
    expect(first.filter((word) => !known.includes(word))).toEqual(['npm']);
  });

  it('installs, looks and upgrades in one namespace, from files that there are', () => {
    const inNamespace = commands.map(wordsOf).filter(([word]) => word === 'helm' || word === 'kubectl');
    const others = inNamespace.filter((words) => optionsIn(words, '--namespace').join() !== 'shop');
    expect(others).toEqual([['kubectl', 'create', 'namespace', 'shop']]);
    const upgrade = commandIn(commands, 'helm upgrade cartage');
    expect(upgrade.slice(2, 4)).toEqual(install.slice(3, 5));
    // Not --reuse-values: of what is new in the chart there would be no value at all.
    expect(upgrade).toContain('--reset-then-reuse-values');
    for (const path of [install[4] ?? '', ...optionsIn(install, '--values')])
      expect({ path, is: existsSync(path) }).toEqual({ path, is: true });
  });

  it('forwards to each service on the port that the service has by itself, for the paths that it answers', () => {
    const forwards = commands.map(wordsOf).filter((words) => words.includes('port-forward'));
    expect(forwards.length).toBeGreaterThan(1);
    for (const words of forwards) {
      const [, name = ''] = /^service\/cartage-(.*)$/.exec(words.find((word) => word.startsWith('service/')) ?? '') ?? [];
      const service = services.find((each) => each.name === name);
      expect(words).toContain(`${service?.port}:80`);
      const paths = service?.paths.map((path) => `\`/${path}\` on ${service.port}`) ?? [];
      expect(paths.some((said) => page.replaceAll('on port', 'on').includes(said))).toBe(true);
    }
  });
});
