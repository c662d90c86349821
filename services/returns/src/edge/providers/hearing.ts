import { invalidField, Refused } from '@cartage/eventsourcing';
import { provenWebhookId, type PostedWebhook } from '@cartage/service-kit';
import type { ProviderAccount } from '../../app/providers/provider';
import type { ShapedNotice } from '../../app/providers/provider-notices';
import { loopNotice, requireLoop } from './loop/loop-webhook';
import { shapedNotice } from './shaping';

/** What a provider posted, in our form. */
export interface Heard {
  readonly noticeId: string;
  readonly content: ShapedNotice;
  /** Why a person has to look at it first. */
  readonly doubts?: Refused;
}

const parsed = (rawBody: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(rawBody).toString('utf8')) as unknown;
  } catch {
    throw invalidField('body', 'NOTICE_INVALID', 'must be JSON');
  }
};

type Hearing = (account: ProviderAccount, post: PostedWebhook, now: Date) => Heard;

const standard: Hearing = ({ secrets }, post, now) => {
  const noticeId = provenWebhookId(post, secrets, now);
  return { noticeId, content: shapedNotice(parsed(post.rawBody)) };
};

const loop: Hearing = ({ secrets, channels }, post) => {
  requireLoop(post, secrets);
  const { noticeId, notice, faults } = loopNotice(parsed(post.rawBody), channels[0] ?? '');
  const [first] = faults;
  const doubts = first && new Refused(first.code, `${first.field} ${first.message}.`, 'invalid', faults);
  return { noticeId, content: shapedNotice(notice), ...(doubts ? { doubts } : {}) };
};

/** Adapters whose providers post in a form of their own. */
const hearings: ReadonlyMap<string, Hearing> = new Map([['loop', loop]]);

/** Proven first, and read then. */
export const heardFrom: Hearing = (account, post, now) => (hearings.get(account.adapter) ?? standard)(account, post, now);
