import { Relay, type Bell, type Claimed, type Clock } from '@cartage/eventsourcing';
import { outboxRows, signedPost } from '@cartage/service-kit';
import type { Pool } from 'pg';

interface Notice extends Claimed {
  readonly noticeId: string;
  readonly url: string;
  readonly content: object;
}

export interface NoticesNeeds {
  readonly pool: Pool;
  /** base64: what is posted is signed with it. */
  readonly secret: string;
  readonly clock: Clock;
  readonly news: Bell;
  readonly onTrouble: (error: unknown, origin: string) => void;
}

const OUTBOX = {
  table: 'report_notice',
  id: 'notice_id',
  receiver: 'origin',
  inTurn: 'notice_id',
  claimed: 'u.notice_id as "noticeId", u.url, u.content, u.attempts',
};
const AT_ONCE = 8;

/** Tells one receiver that runs have ended, signed as Standard Webhooks has it; the id of a message is that of the run. */
export const noticesTo = ({ pool, secret, clock, news, onTrouble }: NoticesNeeds, origin: string): Relay => {
  const rows = outboxRows<Notice>(pool, OUTBOX);
  const told = { status: 'told', detail: 'It has it.' };
  const lane = {
    atOnce: AT_ONCE,
    claim: (claiming: Parameters<typeof rows.claim>[1]) => rows.claim(origin, claiming),
    nextAt: () => rows.nextAt(origin),
    tell: async ([notice]: readonly Notice[]) => {
      if (!notice) return;
      await signedPost({ url: notice.url, token: secret, clock, refusedAs: 'NOTICE_REFUSED' }, notice.noticeId, notice.content);
      await rows.end(notice.noticeId, told, clock.now());
    },
    postpone: async ([notice]: readonly Notice[], until: Date) => {
      if (notice) await rows.postpone(notice.noticeId, until);
    },
    refuse: async ([notice]: readonly Notice[], refusal: Parameters<typeof rows.end>[1]) => {
      if (notice) await rows.end(notice.noticeId, refusal, clock.now());
    },
  };
  return new Relay({ receiver: origin, lanes: [lane], clock, news, onTrouble });
};
