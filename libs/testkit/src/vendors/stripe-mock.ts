import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Running, TestServer } from '../describe-with';
import { guard } from '../process/guard';
import { keepOutput } from '../process/output';

export interface StripeMock extends Running {
  readonly url: string;
}

const isProgram = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** `STRIPE_MOCK_BINARY`, else the first of this name in the path to programs. */
const binary = (): string | undefined => {
  const { STRIPE_MOCK_BINARY: named, PATH = '' } = process.env;
  const files = named ? [named] : PATH.split(delimiter).map((folder) => join(folder, 'stripe-mock'));
  return files.find(isProgram);
};

const LISTENING = /Listening for HTTP at address: (\S+)/;
const READY_MS = 60_000;

/** It says where it listens once it has read the description of Stripe's API. */
const addressOf = async (child: ChildProcess): Promise<string> => {
  const output = keepOutput('stripe-mock');
  if (!child.stdout) throw new Error('stripe-mock was started without a way to hear of it.');
  const lines = createInterface({ input: child.stdout });
  const timer = setTimeout(() => lines.close(), READY_MS);
  try {
    for await (const line of lines) {
      output.add(`${line}\n`);
      const [, address] = LISTENING.exec(line) ?? [];
      if (address !== undefined) return address;
    }
  } finally {
    clearTimeout(timer);
  }
  throw new Error(`stripe-mock did not say within ${READY_MS} ms where it listens. It said:\n${output.all()}`);
};

const startStripeMock = async (): Promise<StripeMock> => {
  const { STRIPE_MOCK_URL: url } = process.env;
  if (url) return { url, from: 'STRIPE_MOCK_URL', stop: async () => undefined };
  const command = [binary() ?? 'stripe-mock', '-http-addr', '127.0.0.1:0', '-https-addr', '127.0.0.1:0'];
  const child = spawn('/bin/sh', ['-c', guard, 'sh', ...command], { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = once(child, 'close');
  const address = await addressOf(child);
  // It ends with our end of its input.
  const stop = async (): Promise<void> => {
    child.stdin?.end();
    await ended;
  };
  return { url: `http://${address}`, from: `stripe-mock of ${command[0]}`, stop };
};

/** For `describeWith`: Stripe's own mock of its API. It keeps nothing, and refuses a request that is not as Stripe describes it. */
export const stripeMock: TestServer<StripeMock> = {
  name: 'stripe-mock',
  missing: () =>
    process.env['STRIPE_MOCK_URL'] || binary() !== undefined
      ? undefined
      : 'there is no such program. Build it with `bash tools/payments/stripe-mock.sh <folder>` and name it in STRIPE_MOCK_BINARY, or name one that runs in STRIPE_MOCK_URL.',
  start: startStripeMock,
};
