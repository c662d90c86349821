import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { webhookHeaders } from '@cartage/service-kit';
import { eventually } from '@cartage/testkit';

const SECRET = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
const OTHER = `whsec_${Buffer.alloc(32, 6).toString('base64')}`;
const body = JSON.stringify({ id: 'e-1', type: 'OrderPlaced', orderid: 'ö-1', sequence: 1 });

describe('the receiver of docs/how-to/receive-webhooks.md', () => {
  let receiver: ChildProcess;
  let said = '';
  let url = '';

  beforeAll(async () => {
    const [, code = ''] = /```js\n([\s\S]*?)```/.exec(readFileSync('docs/how-to/receive-webhooks.md', 'utf8')) ?? [];
    const file = join(mkdtempSync(join(tmpdir(), 'cartage-receiver-')), 'receiver.mjs');
    writeFileSync(file, code);
    receiver = spawn(process.execPath, [file], { env: { WEBHOOK_SECRET: SECRET, PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] });
    receiver.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const port = await eventually(() => {
      const [, found] = /listening (\d+)/.exec(said) ?? [];
      expect(found).toBeDefined();
      return found;
    });
    url = `http://localhost:${port}/`;
  });
  afterAll(() => receiver.kill());

  const post = async (secrets: string | readonly string[], { now = new Date(), sent = body } = {}): Promise<number> => {
    const headers = webhookHeaders(secrets, 'd-1', { body, now });
    return (await fetch(url, { method: 'POST', headers, body: sent })).status;
  };

  it('takes an event once that is signed by us, also while the secret changes, and nothing else', async () => {
    expect(await post(SECRET)).toBe(204);
    expect(await post([OTHER, SECRET])).toBe(204);
    expect(await post(OTHER)).toBe(401);
    expect(await post(SECRET, { sent: body.replace('e-1', 'e-2') })).toBe(401);
    expect(await post(SECRET, { now: new Date(Date.now() - 3_600_000) })).toBe(401);
    await eventually(() => expect(said.match(/OrderPlaced ö-1 1/g)).toHaveLength(1));
  });
});
