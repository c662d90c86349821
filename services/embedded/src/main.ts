import 'reflect-metadata';
import { environment, run } from '@cartage/service-kit';
import { banner } from './banner';
import { startEmbedded } from './embedded';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

void run(async () => {
  const embedded = await startEmbedded(environment(), say);
  say(banner(embedded));
  const close = async (): Promise<void> => embedded.close().then(() => say(`Stopped. The data is kept in ${embedded.folder}.`));
  return { ...embedded, close };
});
