import { array, assert, asyncProperty, constantFrom, record } from 'fast-check';
import { simpleParser, type ParsedMail } from 'mailparser';
import type { Mail } from './mailer';
import { onTheWire } from './mime';

const mail: Mail = {
  messageId: '0199a3c4-7b1e-7c3d-9f2a-000000000071',
  from: 'Acme <orders@acme.example>',
  to: { name: 'Ada', address: 'ada@example.org' },
  subject: 'Your order 7',
  text: 'It is on its way.\n',
  headers: { 'Content-Language': 'en' },
};

const parsed = (more: Partial<Mail> = {}): Promise<ParsedMail> => simpleParser(onTheWire({ ...mail, ...more }).raw);

/** What a line of a mail may stumble over: soft breaks, its own signs, dots of SMTP, boundaries, scripts of several bytes, words without an end. */
const pieces = [
  'a',
  ' ',
  '  ',
  '=',
  '=3D',
  '.',
  '--',
  '?',
  '"',
  '<b>',
  'é',
  'ß',
  '北京',
  'मुंबई',
  'مرحبا',
  '🎁',
  'x'.repeat(80),
  '北'.repeat(40),
];
const lines = array(
  array(constantFrom(...pieces), { maxLength: 12 }).map((line) => line.join('')),
  { minLength: 1, maxLength: 8 },
).map((all) => `${all.join('\n')}\n.\n`);

describe('a mail as it stands on the wire', () => {
  it('says what it was given, letter by letter, with and without HTML', async () => {
    await assert(
      asyncProperty(record({ text: lines, html: lines }), async ({ text, html }) => {
        expect((await parsed({ text })).text).toBe(text);
        expect(await parsed({ text, html })).toMatchObject({ text, html });
      }),
    );
  });

  it('has no line that a mail server may cut, in whatever script', () => {
    for (const text of ['x'.repeat(5_000), '北'.repeat(5_000), 'é '.repeat(5_000)]) {
      const longest = Math.max(
        ...onTheWire({ ...mail, text, html: text })
          .raw.toString()
          .split('\r\n')
          .map((line) => line.length),
      );
      expect(longest).toBeLessThanOrEqual(78);
    }
  });

  it('is read by people who open the file where it is mostly of Latin letters', () => {
    expect(onTheWire({ ...mail, text: 'Grüße aus Köln' }).raw.toString()).toContain('Gr=C3=BC=C3=9Fe aus K=C3=B6ln');
  });

  it('says in its head who it is from and to, by which name, and that nobody is to answer by himself', async () => {
    const to = { name: 'Seán O’Brien-Ñuñez "Jr."', address: 'sean@example.org' };
    const { subject, headers, ...head } = await parsed({ from: 'Bücher & Söhne <orders@acme.example>', to, subject: 'Nr. 7 – 北京' });
    expect(subject).toBe('Nr. 7 – 北京');
    expect(head).toMatchObject({
      from: { value: [{ name: 'Bücher & Söhne', address: 'orders@acme.example' }] },
      to: { value: [to] },
      messageId: '<0199a3c4-7b1e-7c3d-9f2a-000000000071@acme.example>',
    });
    expect([headers.get('auto-submitted'), headers.get('content-language')]).toEqual(['auto-generated', 'en']);
  });

  it('takes no header out of what a customer wrote', async () => {
    const injected = 'Ada\r\nBcc: eve@example.org\r\n\r\nhello';
    const { headers, text } = await parsed({ subject: injected, to: { name: injected, address: 'ada@example.org' } });
    expect([...headers.keys()]).not.toContain('bcc');
    expect(text).toBe(mail.text);
    expect(onTheWire({ ...mail, subject: injected }).envelope.to).toEqual(['ada@example.org']);
  });
});
