// What Cartage is made of: a bill of materials (CycloneDX), the licences of all packages, and what is known against them. Writes dist/supply-chain. docs/explanation/security.md.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { takesNone } from '../client/program';
import { auditOf, type AuditReport } from './audit';
import { licenceList, licensed, stale } from './licences';
import { lockedPackages } from './lock';
import { gapsIn, named, only, type Sbom } from './sbom';

const folder = join('dist', 'supply-chain');

/** The answer of npm as JSON; nothing where it gives none. */
const npm = <Answer>(...args: readonly string[]): Answer | undefined => {
  const { stdout } = spawnSync('npm', [...args], { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024, timeout: 300_000 });
  try {
    return JSON.parse(stdout) as Answer;
  } catch {
    return undefined;
  }
};

const write = (name: string, content: unknown): void =>
  writeFileSync(join(folder, name), typeof content === 'string' ? content : `${JSON.stringify(content, undefined, 2)}\n`);

const counts = { passed: 0, failed: 0, skipped: 0 };

const told = (what: string, outcome: keyof typeof counts, lines: readonly string[]): void => {
  counts[outcome] += 1;
  console.log(`${what}: ${outcome}`);
  for (const line of lines) console.log(`  ${line}`);
};

const packages = lockedPackages('.');

const bill = (file: string, sbom: Sbom | undefined, needed: ReadonlySet<string>): void => {
  const gaps = sbom ? gapsIn(sbom, needed) : ['npm made none'];
  if (sbom) write(file, sbom);
  told(`bill of materials, ${file}, ${sbom?.components.length ?? 0} packages`, gaps.length === 0 ? 'passed' : 'failed', gaps);
};

const namesOf = (some: typeof packages): ReadonlySet<string> => new Set(some.map(({ name, version }) => `${name}@${version}`));

const bills = (): void => {
  const { name } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly name: string };
  const made = npm<Sbom>('sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application');
  const whole = made && named(made, name);
  const here = packages.filter(({ isInstalled }) => isInstalled);
  const running = namesOf(here.filter(({ dev }) => !dev));
  bill('sbom.cdx.json', whole && only(whole, running), running);
  bill('sbom-with-tools.cdx.json', whole, namesOf(here));
};

const licences = (): void => {
  const all = packages.map(licensed);
  write('licences.csv', licenceList(all));
  const unknown = all.filter(({ isFine }) => !isFine).map(({ name, version, shown }) => `${name} ${version}: ${shown}`);
  const old = stale(packages).map((each) => `${each} was read by hand, and is not there any more`);
  told(`licences, ${all.length} packages`, unknown.length + old.length === 0 ? 'passed' : 'failed', [...unknown, ...old]);
};

const audit = (): void => {
  const report = npm<AuditReport>('audit', '--json', '--omit', 'dev') ?? {};
  write('audit.json', report);
  const { outcome, lines } = auditOf(report);
  told('what is known against packages that run', outcome === 'not run' ? 'skipped' : outcome, lines);
};

takesNone('Usage: npm run supply-chain');
mkdirSync(folder, { recursive: true });
bills();
licences();
audit();
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed === 0 ? 0 : 1;
