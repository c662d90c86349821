import { invalidField } from '@cartage/eventsourcing';
import type { ReportFile, Run } from './run';

export const MOST_RECIPIENTS = 10;

const LONGEST_ADDRESS = 254;
const LONGEST_MAILBOX = 64;
const WORD = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
/** Nothing that a mail could take for the end of an address, of a header or of a line. */
const ADDRESS = new RegExp(`^(${WORD}(?:\\.${WORD})*)@((?:${LABEL}\\.)+${LABEL})$`);

const partsOf = (address: string): { readonly domain: string } | undefined => {
  const [, mailbox = '', domain = ''] = (address.length <= LONGEST_ADDRESS && ADDRESS.exec(address)) || [];
  return mailbox === '' || mailbox.length > LONGEST_MAILBOX ? undefined : { domain: domain.toLowerCase() };
};

/** Why nobody can be written to there, and the fix; nothing where somebody can. */
export const recipientFault = (address: string, domains: readonly string[]): string | undefined => {
  const parts = partsOf(address);
  if (!parts) return 'It must be one plain address, such as numbers@acme.example.';
  if (domains.includes(parts.domain)) return undefined;
  const known = domains.length === 0 ? 'none is set' : domains.join(', ');
  return `It must be of a domain that the operator lets be written to (REPORTS_MAIL_DOMAINS: ${known}).`;
};

/** Refuses whoever may not be written to, or is named twice. */
export const requireRecipients = (recipients: readonly string[], domains: readonly string[]): void => {
  const seen = new Set<string>();
  for (const [i, address] of recipients.entries()) {
    const fault = seen.has(address.toLowerCase()) ? 'It is named before: leave it out.' : recipientFault(address, domains);
    if (fault !== undefined) throw invalidField(`recipients[${i}]`, 'RECIPIENT_REFUSED', fault);
    seen.add(address.toLowerCase());
  }
};

const linkOf = (link: string | undefined, { runId }: Run, { format }: ReportFile): readonly string[] =>
  link === undefined ? [] : [`  ${link.replaceAll('{run}', runId).replaceAll('{format}', format)}`];

const fileLines = (run: Run, link: string | undefined): readonly string[] =>
  run.files.flatMap((file) => [
    `${file.format}, ${file.bytes} bytes`,
    ...linkOf(link, run, file),
    `  ${file.name}`,
    `  SHA-256 ${file.sha256}`,
    '',
  ]);

/** What is written to whoever is to know that a run has ended: where its files are, and never what stands in them. */
export const endingMail = (run: Run, link: string | undefined): { readonly subject: string; readonly text: string } => {
  const { report, plannedFor, runId, rows = 0, code = '', detail = '' } = run;
  const of = `The report ${report} of ${plannedFor}`;
  if (run.state !== 'done')
    return { subject: `Report ${report} failed`, text: [`${of} failed: ${code}`, '', detail, '', `Run ${runId}`, ''].join('\n') };
  return {
    subject: `Report ${report} is ready`,
    text: [`${of} is ready: ${rows} rows.`, '', ...fileLines(run, link), `Run ${runId}`, ''].join('\n'),
  };
};
