import { Refused, Relay, type Bell, type Claimed, type Clock } from '@cartage/eventsourcing';
import { outboxRows, signedPost, type Mailer } from '@cartage/service-kit';
import type { Pool } from 'pg';
import { endingMail, recipientFault } from '../../domain/reports/mail';
import type { RunTable } from '../../app/reports/ports';
import { addressOf, MAIL } from './mail-address';

interface Notice extends Claimed {
  readonly noticeId: string;
  readonly runId: string;
  readonly url: string;
  readonly content: object;
}

export interface NoticesNeeds {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly news: Bell;
  readonly onTrouble: (error: unknown, receiver: string) => void;
}

const OUTBOX = {
  table: 'report_notice',
  id: 'notice_id',
  receiver: 'origin',
  inTurn: 'notice_id',
  claimed: 'u.notice_id as "noticeId", u.run_id as "runId", u.url, u.content, u.attempts',
};
const AT_ONCE = 8;

/** Tells one receiver that runs have ended; `hand` gives it one notice. */
const relayTo = ({ pool, clock, news, onTrouble }: NoticesNeeds, receiver: string, hand: (notice: Notice) => Promise<unknown>): Relay => {
  const rows = outboxRows<Notice>(pool, OUTBOX);
  const told = { status: 'told', detail: 'It has it.' };
  const lane = {
    atOnce: AT_ONCE,
    claim: (claiming: Parameters<typeof rows.claim>[1]) => rows.claim(receiver, claiming),
    nextAt: () => rows.nextAt(receiver),
    tell: async ([notice]: readonly Notice[]) => {
      if (!notice) return;
      await hand(notice);
      await rows.end(notice.noticeId, told, clock.now());
    },
    postpone: async ([notice]: readonly Notice[], until: Date) => {
      if (notice) await rows.postpone(notice.noticeId, until);
    },
    refuse: async ([notice]: readonly Notice[], refusal: Parameters<typeof rows.end>[1]) => {
      if (notice) await rows.end(notice.noticeId, refusal, clock.now());
    },
  };
  return new Relay({ receiver, lanes: [lane], clock, news, onTrouble });
};

/** By webhook, signed as Standard Webhooks has it with `secret`, base64; the id of a message is that of the run. */
export const noticesTo = (needs: NoticesNeeds, secret: string, origin: string): Relay =>
  relayTo(needs, origin, ({ url, noticeId, content }) =>
    signedPost({ url, token: secret, clock: needs.clock, refusedAs: 'NOTICE_REFUSED' }, noticeId, content),
  );

export interface MailingNeeds extends NoticesNeeds {
  readonly mailer: Mailer;
  readonly runs: Pick<RunTable, 'find'>;
  readonly from: string;
  /** Whose mailboxes may be written to today: a report may be older. */
  readonly domains: readonly string[];
  /** Where a file is opened, with `{run}` and `{format}` in it. */
  readonly link: string | undefined;
}

/** By mail, each address by itself: nobody sees who else is told. */
export const noticesByMail = (needs: MailingNeeds): Relay => {
  const { mailer, runs, from, domains, link } = needs;
  return relayTo(needs, MAIL, async ({ noticeId: messageId, runId, url }) => {
    const to = { name: '', address: addressOf(url) };
    const fault = recipientFault(to.address, domains);
    if (fault !== undefined) throw new Refused('RECIPIENT_REFUSED', fault, 'invalid');
    const run = await runs.find(runId);
    if (!run) throw new Refused('RUN_UNKNOWN', 'The run is forgotten.', 'unknown');
    const outcome = await mailer.post({ messageId, from, to, ...endingMail(run, link), headers: { 'X-Cartage-Message': 'report' } });
    if (outcome.status === 'refused') throw new Refused('MAIL_REFUSED', `${outcome.code}: ${outcome.detail}`, 'invalid');
  });
};
