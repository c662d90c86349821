import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface MailServer {
  readonly url: string;
  readonly mails: readonly ParsedMail[];
  close(): Promise<void>;
}

const refusal = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });

/** Knows nobody called `gone`, and has no time for a `busy` one the first time. */
export const mailServer = async (): Promise<MailServer> => {
  const mails: ParsedMail[] = [];
  let isBusy = true;
  const answerTo = (address: string): Error | undefined => {
    if (address.startsWith('gone')) return refusal(550, '5.1.1 no such user');
    if (!address.startsWith('busy') || !isBusy) return undefined;
    isBusy = false;
    return refusal(450, '4.2.1 mailbox busy');
  };
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['STARTTLS'] },
    onRcptTo: ({ address }, _, done) => done(answerTo(address)),
    onData: (stream, _, done) =>
      void simpleParser(stream).then((mail) => {
        mails.push(mail);
        done();
      }, done),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, mails, close: () => new Promise((resolve) => server.close(resolve)) };
};
