// Writes the npm package of the client to dist/client, for what a Cartage of this workspace answers to: `npm run client`.
import { startEmbedded } from '@cartage/embedded';
import { runInterruptible, unlessInterrupted, withFolder } from '../simulator/interruptible';
import { requireNone } from '../client/program';
import { writePackage } from './package';

const OUT = 'dist/client';
const usage = `Usage: npm run client
Writes the package to ${OUT}.`;

const documentOf = async (url: string): Promise<object> => (await (await fetch(`${url}/docs-json`)).json()) as object;

const documentHere = async (folder: string, signal: AbortSignal): Promise<object> => {
  const switches = { AUDIT_ENABLED: 'true', REPORTING_ENABLED: 'true', SUBSCRIPTIONS_ENABLED: 'true' };
  const system = await startEmbedded({ CARTAGE_DIR: folder, PORT: '0', LOG_LEVEL: 'silent', ...switches }, console.log);
  return unlessInterrupted(documentOf(system.url), signal).finally(() => system.close());
};

const main = async (signal: AbortSignal): Promise<number> => {
  requireNone(process.argv.slice(2), usage);
  writePackage(await withFolder(false, (folder) => documentHere(folder, signal)), OUT);
  console.log(`${OUT} is the package: \`npm publish ${OUT}\`, or \`npm pack ./${OUT}\` for a file.`);
  return 0;
};

runInterruptible(usage, main);
