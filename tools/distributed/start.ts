// All of Cartage as it runs in a cluster, on one machine: every service a process, over a real Kafka, one entrance before them. `npm run start:distributed`.
import { messageOf } from '@cartage/eventsourcing';
import { environment, readSettings, StartFailure } from '@cartage/service-kit';
import { takesNone } from '../client/program';
import { banner } from './banner';
import { distributedSettings } from './config';
import { WRONG_CONFIGURATION } from './supervisor';
import { startSystem } from './system';

const say = (line: string): void => console.log(line);

/** Ctrl-C, or being told to stop: also while it still starts, so that nothing half started is left behind. */
const toldToStop = (): Promise<void> =>
  new Promise((resolve) => {
    const told = (): void => {
      say('Stopping.');
      resolve();
    };
    process.once('SIGINT', told).once('SIGTERM', told);
  });

const usage = `Usage: npm run start:distributed
What it is told are settings, such as PORT=4000 npm run start:distributed: docs/reference/settings.md.`;

const main = async (): Promise<number> => {
  takesNone(usage);
  const settings = readSettings(distributedSettings, environment());
  const told = toldToStop();
  const system = await startSystem(settings, say);
  say(banner(system));
  await told;
  await system.stop();
  say(`Stopped. The data is kept in ${system.folder}.`);
  return 0;
};

const failed = (error: unknown): number => {
  if (error instanceof StartFailure) {
    console.error(error.message);
    return WRONG_CONFIGURATION;
  }
  console.error(messageOf(error));
  return 1;
};

void main()
  .catch(failed)
  .then((code) => process.exit(code));
