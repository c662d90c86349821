// Lets Schemathesis make up requests from the OpenAPI document of a throw-away Cartage in which orders have lived, and counts the operations that
// answered all of them as the document says: `node tools/run.cjs tools/schemathesis/run.ts <schemathesis> [requests an operation]`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { messageOf } from '@cartage/eventsourcing';
import { scopes } from '@cartage/service-kit';
import { TestIssuer } from '@cartage/testkit';
import { startThrowAway } from '../simulator/embedded';
import { answeredIn } from './answered';
import { knownTo } from './known';
import { askAs, readerOf } from './client';
import { seed, type Around } from './seed';
import { startSubscriber, subscribersIn } from './subscribers';
import { verdictOf, type Report } from './verdict';

/** Requests that are made up at random for one operation, beside those that cover every rule of its schema once. */
const REQUESTS = '6';
/** Three times what it takes on two cores: a run that hangs must not hang the pipeline. */
const WITHIN_MS = 780_000;

/** Longer than a run may take. */
const TOKEN_SECONDS = 3_600;

/** Every service there is, and no limit on how often the one client asks. */
const everything = {
  ...{ REPORTING_ENABLED: 'true', SUBSCRIPTIONS_ENABLED: 'true', WEBHOOK_LOOPBACK: 'true', WEBHOOK_TIMEOUT_SECONDS: '2' },
  ...{ RATE_LIMIT: '0', RATE_LIMIT_PUBLIC: '0' },
};

/** It goes on and on, in a form that is no JSON: suites of its own follow it. */
const ENDLESS = '/stream';

const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'refusals_are_problems',
];

interface Asking {
  readonly program: string;
  readonly url: string;
  readonly folder: string;
  readonly requests: string;
}

const argumentsFor = ({ url, folder, requests }: Asking, token: string): readonly string[] => [
  ...['--config-file', resolve('tools/schemathesis/schemathesis.toml')],
  ...['run', `${url}/docs-json`, '--url', url],
  ...['--header', `Authorization: Bearer ${token}`],
  ...['--exclude-path', ENDLESS],
  ...['--phases', 'coverage,fuzzing', '--checks', checks.join(',')],
  ...['--generation-deterministic', '--max-examples', requests, '--no-shrink', '--continue-on-failure'],
  ...['--suppress-health-check', 'all', '--warnings', 'off', '--no-color'],
  ...['--report', 'json', '--report-json-path', join(folder, 'report.json')],
];

/** Its own exit code says no more than its report. */
const generate = async (asking: Asking, { token, receiver }: Around): Promise<Report> => {
  const { program, url, folder } = asking;
  const { values, together } = await knownTo(readerOf(url));
  const existing = { values: { ...values, url: [receiver.url] }, together: { ...together, ...(await subscribersIn(url)) } };
  const known = { ...existing, together: { ...existing.together, ...(await answeredIn(url, existing)) } };
  writeFileSync(join(folder, 'known.json'), JSON.stringify(known));
  const child = spawn(program, argumentsFor(asking, token), {
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
  const issuer = await new TestIssuer().start();
  const receiver = await startSubscriber();
  const around = { token: await issuer.token({ sub: 'everything', scope: scopes.join(' ') }, { expiresIn: TOKEN_SECONDS }), receiver };
  askAs(around.token);
  const system = await startThrowAway({ environment: { ...everything, ...issuer.settings } });
  try {
    await seed(system, around);
    const report = await generate({ program: resolve(program), url: system.url, folder, requests }, around);
    const { passed, failures } = verdictOf(report);
    for (const failure of failures) console.log(`✗ ${failure}`);
    console.log(`${report.test_cases.generated} requests, ${report.operations.tested} operations`);
    console.log(`${passed} passed, ${report.operations.tested - passed} failed, 0 skipped`);
    return failures.length === 0 ? 0 : 1;
  } finally {
    await system.stop();
    await issuer.stop();
    receiver.stop();
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
