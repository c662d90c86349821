import { keyReused, Previewed, type Appended, type Meta, type Position } from '@cartage/eventsourcing';
import type { DoneRequest, LedgerTransaction } from './ledger';

/** What a request did; a repeat is answered as the first time. */
export interface Carried<Answer> {
  readonly answer: Answer;
  readonly position: Position;
  readonly repeated: boolean;
}

/** Carries a request out once, whatever streams it is about. */
export const carriedOnce = async <Answer>(
  transaction: Pick<LedgerTransaction, 'requestDone' | 'rememberRequest'>,
  meta: Meta,
  work: () => Promise<{ readonly answer: Answer; readonly landed: readonly Appended[] }>,
): Promise<Carried<Answer>> => {
  const done = await transaction.requestDone(meta.commandId);
  if (done) return { answer: answeredBefore<Answer>(done, meta), position: done.position, repeated: true };
  const { answer, landed } = await work();
  return { answer, position: await remember(transaction, meta, { landed, answer }), repeated: false };
};

/** A request that was carried out before: what it was answered then, if it is the same. */
export const answeredBefore = <Answer>({ fingerprint, answer }: DoneRequest, meta: Meta): Answer => {
  if (fingerprint !== undefined && meta.fingerprint !== undefined && fingerprint !== meta.fingerprint) throw keyReused();
  if (meta.preview) throw new Previewed([], true);
  return answer as Answer;
};

/** Keeps what a request is answered, for when it comes again; answers with the position up to which it is shown. */
export const remember = async (
  transaction: Pick<LedgerTransaction, 'rememberRequest'>,
  { commandId, fingerprint }: Meta,
  { landed, answer }: { readonly landed: readonly Appended[]; readonly answer: unknown },
): Promise<Position> => {
  const position = landed.reduce((last, each) => (each.position > last ? each.position : last), '');
  await transaction.rememberRequest({ commandId, ...(fingerprint === undefined ? {} : { fingerprint }), position, answer });
  return position;
};
