import { Previewed, Refused, type Meta } from '@cartage/eventsourcing';
import type { DoneRequest } from './ledger';

/** A request that was carried out before: what it was answered then, if it is the same. */
export const answeredBefore = <Answer>({ fingerprint, answer }: DoneRequest, meta: Meta): Answer => {
  if (fingerprint !== undefined && meta.fingerprint !== undefined && fingerprint !== meta.fingerprint)
    throw new Refused(
      'IDEMPOTENCY_KEY_REUSED',
      `Idempotency key ${meta.commandId} was used before for another request. Send this one with a key of its own.`,
      'invalid',
    );
  if (meta.preview) throw new Previewed([], true);
  return answer as Answer;
};
