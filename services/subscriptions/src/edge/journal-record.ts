import { journalTopic } from '@cartage/contracts';
import { recordOf } from '@cartage/messaging';
import type { Entry } from '../domain/journaling';

/** Where the journal's publisher keeps how far it is. */
export const JOURNAL_PUBLISHER = `publisher.${journalTopic}`;

export interface JournalRecord {
  readonly key: string;
  readonly headers: Record<string, string>;
  readonly value: Buffer;
}

/** The event as it was published, numbered in the journal of its order; where it stood before is said beside it. */
export const journalRecordOf = ({ fact, orderId = fact.key, sequence = 0, channel }: Entry): JournalRecord => {
  const { headers, value } = recordOf({ ...fact, key: orderId, sequence, replay: false });
  const beside = {
    ce_topic: fact.topic,
    ce_topicsequence: String(fact.sequence),
    ...(channel === undefined ? {} : { ce_channel: channel }),
  };
  return { key: orderId, headers: { ...headers, ...beside }, value };
};
