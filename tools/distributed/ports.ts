import { once } from 'node:events';
import { createServer } from 'node:net';
import { StartFailure } from '@cartage/service-kit';

export interface WantedPort {
  readonly port: number;
  /** For a person. */
  readonly usedFor: string;
  /** What to do about it beside ending whoever has it. */
  readonly fix?: string;
}

const isFree = async (port: number): Promise<boolean> => {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    // EADDRINUSE, or EACCES below 1024: somebody else's either way.
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
};

/** Says at once, a line for each, which ports cannot be had. */
export const requirePorts = async (wanted: readonly WantedPort[]): Promise<void> => {
  const taken: string[] = [];
  for (const { port, usedFor, fix } of wanted)
    if (!(await isFree(port)))
      taken.push(`Port ${port}, for ${usedFor}, cannot be had. Stop the program that has it${fix ? `, or ${fix}` : ''}.`);
  if (taken.length > 0) throw new StartFailure(taken);
};
