// Writes the npm package of the client to dist/client, for what a Cartage of this workspace answers to: `npm run client`.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@cartage/embedded';
import { endWith, type Done } from '../client/program';
import { writePackage } from './package';

const OUT = 'dist/client';

const documentOf = async (url: string): Promise<object> => (await (await fetch(`${url}/docs-json`)).json()) as object;

const main = async (): Promise<Done> => {
  const folder = mkdtempSync(join(tmpdir(), 'cartage-client-'));
  // Postgres runs as another user where we are root.
  chmodSync(folder, 0o755);
  const switches = { AUDIT_ENABLED: 'true', REPORTING_ENABLED: 'true', SUBSCRIPTIONS_ENABLED: 'true' };
  const system = await startEmbedded({ CARTAGE_DIR: folder, PORT: '0', LOG_LEVEL: 'silent', ...switches }, console.log);
  try {
    writePackage(await documentOf(system.url), OUT);
    return { text: `${OUT} is the package: \`npm publish ${OUT}\`, or \`npm pack ./${OUT}\` for a file.`, code: 0 };
  } finally {
    await system.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

endWith(main());
