import { execFile, spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A certificate with its key, as PEM files. */
export interface TestCertificate {
  readonly certificateFile: string;
  /** PKCS#8, unencrypted. */
  readonly keyFile: string;
}

/** An authority that nobody knows but those who are shown its certificate. */
export interface TestAuthority {
  readonly caFile: string;
  /** For these names, such as `IP:127.0.0.1` or `DNS:localhost`. */
  issue(name: string, ...names: readonly string[]): Promise<TestCertificate>;
  remove(): Promise<void>;
}

/** Why no certificates can be made on this machine; nothing when they can. */
export const opensslMissing = (): string | undefined =>
  spawnSync('openssl', ['version'], { timeout: 20_000 }).error && 'the command `openssl` is missing';

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc', '-days', '30'];

const fileSafe = (name: string): string => name.replace(/[^\w.-]/g, '_');

/** Makes an authority in a folder of its own, which goes with `remove`. */
export const testAuthority = async (): Promise<TestAuthority> => {
  const folder = await mkdtemp(join(tmpdir(), 'cartage-authority-'));
  // A server that is another user reads its certificate here.
  await chmod(folder, 0o755);
  const [caFile, caKey] = [join(folder, 'ca.pem'), join(folder, 'ca.key')];
  await run('openssl', ['req', '-x509', ...KEY, '-keyout', caKey, '-out', caFile, '-subj', '/CN=An authority of tests']);
  return {
    caFile,
    issue: async (name, ...names) => {
      const [certificateFile, keyFile] = [join(folder, `${fileSafe(name)}.pem`), join(folder, `${fileSafe(name)}.key`)];
      const subject = [
        '-subj',
        `/CN=${fileSafe(name)}`,
        '-addext',
        `subjectAltName=${[name, ...names].join(',')}`,
        '-addext',
        'basicConstraints=critical,CA:FALSE',
      ];
      await run('openssl', [
        'req',
        '-x509',
        '-CA',
        caFile,
        '-CAkey',
        caKey,
        ...KEY,
        '-keyout',
        keyFile,
        '-out',
        certificateFile,
        ...subject,
      ]);
      return { certificateFile, keyFile };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};
