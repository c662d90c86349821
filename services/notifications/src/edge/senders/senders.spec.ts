import { createHmac } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, existsSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderMailer, smtpMailer } from '@cartage/service-kit';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { mailSender } from './mail';
import { memorySender } from './memory';
import { senderContract, type Received, type SenderOnTrial } from './sender.contract';
import { webhookSender } from './webhook';

const receivedOf = (mail: ParsedMail): Received => {
  const [to] = [mail.to].flat().flatMap((each) => each?.value ?? []);
  return { id: mail.messageId?.slice(1).split('@')[0] ?? '', address: to?.address ?? '', name: to?.name ?? '', text: mail.text ?? '' };
};
const nowhere = 1;

describe('by SMTP', () => {
  let server: SMTPServer;
  let mails: ParsedMail[];
  let trial: SenderOnTrial;
  let answer: { readonly code: number; readonly text: string } | undefined;

  const refusal = ({ code, text }: { readonly code: number; readonly text: string }): Error =>
    Object.assign(new Error(text), { responseCode: code });

  beforeEach(async () => {
    mails = [];
    answer = undefined;
    server = new SMTPServer({
      ...{ authOptional: true, disabledCommands: ['STARTTLS'] },
      onRcptTo: ({ address }, _, done) =>
        done(
          address.startsWith('nobody') ? refusal({ code: 550, text: `5.1.1 <${address}> no such user` }) : answer ? refusal(answer) : null,
        ),
      onData: (stream, _, done) =>
        void simpleParser(stream).then((mail) => {
          mails.push(mail);
          done();
        }),
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.server.address() as AddressInfo;
    trial = {
      sender: mailSender(smtpMailer({ url: `smtp://127.0.0.1:${port}` })),
      addresses: { good: 'ada+spring.sale@example.org', refused: 'nobody@example.org' },
      received: () => Promise.resolve(mails.map(receivedOf)),
      lonely: () => mailSender(smtpMailer({ url: `smtp://127.0.0.1:${nowhere}` })),
    };
  });
  afterEach(async () => {
    await trial.sender.close();
    await new Promise<void>((resolve) => server.close(resolve));
  });

  senderContract('SMTP', () => trial);

  it('says of a refused address only the code of the server’s answer', async () => {
    const to = { name: 'N', address: 'nobody@example.org' };
    expect(
      await trial.sender.send({ messageId: 'm', kind: 'delivered', from: 'a@b.example', to, locale: 'en', subject: 's', text: 't' }),
    ).toEqual({
      status: 'refused',
      reason: { code: 'recipient-refused', detail: 'SMTP 550 5.1.1', by: 'provider' },
    });
  });

  it.each([
    { code: 450, text: '4.2.1 mailbox busy' },
    { code: 421, text: '4.3.2 try later' },
  ])('waits for a server that says $code', async (busy) => {
    answer = busy;
    const to = { name: 'A', address: 'ada@example.org' };
    const sent = trial.sender.send({ messageId: 'm', kind: 'delivered', from: 'a@b.example', to, locale: 'en', subject: 's', text: 't' });
    await expect(sent).rejects.toMatchObject({ name: 'Away' });
  });
});

describe('as files', () => {
  let trial: SenderOnTrial;
  let folder: string;
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'cartage-mails-')), 'mail');
    trial = {
      sender: mailSender(folderMailer({ folder })),
      addresses: { good: 'ada@example.org', refused: 'nobody' },
      received: async () => {
        const files = existsSync(folder) ? readdirSync(folder) : [];
        return (await Promise.all(files.map((file) => simpleParser(readFileSync(join(folder, file)))))).map(receivedOf);
      },
    };
  });
  senderContract('file', () => trial);

  it('go on in a new folder when somebody removed theirs', async () => {
    const to = { name: 'A', address: 'ada@example.org' };
    const message = { kind: 'delivered', from: 'a@b.example', to, locale: 'en', subject: 's', text: 't' } as const;
    await trial.sender.send({ ...message, messageId: 'first' });
    rmSync(folder, { recursive: true });
    await trial.sender.send({ ...message, messageId: 'second' });
    expect((await trial.received()).map(({ id }) => id)).toEqual(['second']);
  });
});

describe('in memory', () => {
  let trial: SenderOnTrial;
  beforeEach(() => {
    const sender = memorySender();
    trial = {
      sender,
      addresses: { good: 'ada@example.org', refused: 'nobody' },
      received: async () => sender.sent.map(({ messageId: id, to, text }) => ({ id, ...to, text })),
    };
  });
  senderContract('memory', () => trial);
});

describe('by webhook', () => {
  const secret = Buffer.from('a secret of more than 24 bytes').toString('base64');
  let server: Server;
  let trial: SenderOnTrial;
  let got: Received[];
  let status: number;
  let isEndless: boolean;
  let breaksOff: boolean;

  const isSigned = (headers: NodeJS.Dict<string | string[]>, body: string): boolean => {
    const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
    return headers['webhook-signature'] === `v1,${createHmac('sha256', Buffer.from(secret, 'base64')).update(signed).digest('base64')}`;
  };

  beforeEach(async () => {
    got = [];
    status = 202;
    isEndless = false;
    breaksOff = false;
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const {
          messageId: id,
          to,
          text,
        } = JSON.parse(body) as { readonly messageId: string; readonly to: Received; readonly text: string };
        const code = !isSigned(request.headers, body) ? 401 : to.address === '+0' ? 422 : status;
        if (code === 202) got.push({ id, address: to.address, name: to.name, text });
        response.writeHead(code);
        if (breaksOff) return response.write('{"id":', () => response.destroy());
        if (!isEndless) return response.end();
        const go = (): void => {
          while (!response.destroyed && response.write('x'.repeat(100_000)));
        };
        response.on('drain', go);
        return go();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const options = { secret: `whsec_${secret}`, now: () => new Date() };
    trial = {
      sender: webhookSender({ ...options, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/texts` }),
      addresses: { good: '+44 20 7946 0000', refused: '+0' },
      received: () => Promise.resolve(got),
      lonely: () => webhookSender({ ...options, url: `http://127.0.0.1:${nowhere}/` }),
    };
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  senderContract('webhook', () => trial);

  it('waits for no more of an answer that has no end', async () => {
    isEndless = true;
    const to = { name: 'A', address: '+44' };
    expect(await trial.sender.send({ messageId: 'm', kind: 'delivered', from: 'a', to, locale: 'en', text: 't' })).toEqual({
      status: 'accepted',
    });
  });

  it.each([
    [202, { status: 'accepted' }],
    [422, { status: 'refused', reason: { code: 'receiver-refused', detail: 'HTTP 422', by: 'provider' } }],
  ])('believes the status %d of an answer that breaks off: nobody is written to twice', async (code, outcome) => {
    [status, breaksOff] = [code, true];
    const to = { name: 'A', address: '+44' };
    expect(await trial.sender.send({ messageId: 'm', kind: 'delivered', from: 'a', to, locale: 'en', text: 't' })).toEqual(outcome);
  });

  it.each([401, 429, 500, 503])('waits for a receiver that answers %d', async (code) => {
    status = code;
    const to = { name: 'A', address: '+44' };
    await expect(trial.sender.send({ messageId: 'm', kind: 'delivered', from: 'a', to, locale: 'en', text: 't' })).rejects.toMatchObject({
      name: 'Away',
    });
  });
});
