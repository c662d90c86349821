import { Refused } from '@cartage/eventsourcing';
import fc from 'fast-check';
import { endingMail, recipientFault, requireRecipients } from './mail';
import type { Run } from './run';

const domains = ['acme.example', 'numbers.acme.example'];

const fieldOf = (recipients: readonly string[]): string | undefined => {
  try {
    requireRecipients(recipients, domains);
    return undefined;
  } catch (error) {
    return error instanceof Refused ? error.errors[0]?.field : 'broken';
  }
};

describe('recipients of a report', () => {
  it.each(['numbers@acme.example', 'Numbers+Daily.Sales@ACME.example', "o'brien@numbers.acme.example"])('%s is written to', (address) =>
    expect(fieldOf([address])).toBeUndefined(),
  );

  it.each([
    ['a header behind it', 'a@acme.example\r\nBcc: all@acme.example'],
    ['a line end behind it', 'a@acme.example\n'],
    ['two addresses', 'a@acme.example,b@acme.example'],
    ['two at signs', 'a@acme.example@evil.example'],
    ['a name before it', 'A <a@acme.example>'],
    ['a mailbox in quotes', '"a b"@acme.example'],
    ['a comment', 'a(x)@acme.example'],
    ['no domain', 'numbers'],
    ['a number for a domain', 'a@[127.0.0.1]'],
    ['a domain that the operator does not know', 'a@evil.example'],
    ['a domain that only ends as one', 'a@notacme.example'],
    ['a mailbox of 65 letters', `${'a'.repeat(65)}@acme.example`],
  ])('is refused with %s', (_, address) => expect(fieldOf(['numbers@acme.example', address])).toBe('recipients[1]'));

  it('are each written to once', () => expect(fieldOf(['a@acme.example', 'A@acme.example'])).toBe('recipients[1]'));

  it('never hold what ends an address, a header or a line, whatever somebody makes up', () => {
    const piece = fc.constantFrom('a', '@', '.', '\r', '\n', ' ', ',', ';', '<', '>', '"', ':', '\t', '\u0000', 'é', 'acme.example');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const address = pieces.join('');
        if (recipientFault(address, domains) === undefined) expect(address).toMatch(/^[acemplx.]+@acme\.example$/);
      }),
    );
  });
});

const run: Run = {
  ...{ runId: '0199a3c4-7b1e-7c3d-9f2a-000000000071', report: 'daily-sales', revision: 1, state: 'done', plannedBy: 'schedule' },
  ...{ plannedFor: '2026-11-28T05:00:00.000Z', values: [], attempts: 1, rows: 3 },
  files: [{ format: 'csv', name: 'daily-sales/2026-11-28/x.csv', bytes: 12, sha256: 'ab' }],
};

describe('the mail of a run', () => {
  it('says where each file is, by a link where there are links', () => {
    const { subject, text } = endingMail(run, 'https://cartage.example/runs/{run}.{format}');
    expect(subject).toBe('Report daily-sales is ready');
    expect(text).toContain(`  https://cartage.example/runs/${run.runId}.csv\n  daily-sales/2026-11-28/x.csv\n  SHA-256 ab\n`);
    expect(endingMail(run, undefined).text).not.toContain('https:');
  });

  it('says why it failed', () => {
    const mail = endingMail({ ...run, state: 'failed', files: [], code: 'SQL_INVALID', detail: 'line 1' }, undefined);
    expect(mail).toEqual({
      subject: 'Report daily-sales failed',
      text: expect.stringContaining('failed: SQL_INVALID\n\nline 1\n') as string,
    });
  });
});
