import { pauseAfter, Refused, type Meta } from '@cartage/eventsourcing';
import type { MappedRecord } from '@cartage/service-kit';
import type { SettlementSource } from '../../domain/settlements/sources';
import type { PayoutRow } from '../views/payout-list';
import type { PayoutNotice, Payouts } from './payouts';
import type { SettlementFiles } from './settlement-files';

/** The port to what an account at a provider says of its payouts. A fault is asked again. */
export interface PayoutReader {
  /** `ready`: whether its transactions can be read; a provider may take a while to say which they are. */
  payout(number: string): Promise<PayoutNotice & { readonly ready: boolean }>;
  /** As the files of this provider have them, and always in one order. */
  transactions(number: string): AsyncIterable<MappedRecord>;
}

export interface PayoutImportsNeeds {
  readonly payouts: Pick<Payouts, 'hear' | 'reconciled'>;
  /** By account. */
  readonly readers: ReadonlyMap<string, PayoutReader>;
  readonly files: Pick<SettlementFiles, 'take'>;
  /** Which source settles the money of an account. */
  readonly sourceOf: (account: string) => Promise<SettlementSource>;
  /** Those whose lines are not fetched yet, except these; oldest first. */
  readonly unreconciled: (except: readonly string[], limit: number) => Promise<readonly PayoutRow[]>;
  readonly newId: () => string;
  readonly now: () => Date;
  readonly onFault: (row: PayoutRow, error: unknown) => void;
}

const ACTOR = 'payouts';
const BATCH = 20;
/** A provider that is away, or does not know yet, is asked again after these, whoever else waits. */
const PAUSES = { firstMs: 5_000, longestMs: 600_000 };

/** Fetches the lines that payouts consist of, as if somebody had sent them as a file. */
export class PayoutImports {
  /** Those that rest: how often they were tried, and until when. A process that starts anew tries at once. */
  private readonly resting = new Map<string, { readonly tries: number; readonly until: number }>();

  constructor(private readonly needs: PayoutImportsNeeds) {}

  /** Fetches what is not fetched yet. One that stays away does not stop the others. */
  async sweep(signal?: AbortSignal): Promise<void> {
    this.wake();
    for (;;) {
      const rows = await this.needs.unreconciled(
        [...this.resting.keys()].filter((id) => this.rests(id)),
        BATCH,
      );
      for (const row of rows) {
        if (signal?.aborted) return;
        await this.tryToFetch(row);
      }
      if (rows.length < BATCH) return;
    }
  }

  private async tryToFetch(row: PayoutRow): Promise<void> {
    try {
      // One that is done rests, too, until the view shows it.
      this.rest(row, await this.fetch(row));
    } catch (error) {
      this.rest(row, false);
      if (!(error instanceof Refused && error.code === 'IMPORT_RUNNING')) this.needs.onFault(row, error);
    }
  }

  /** Whether it is done. What its provider says now counts: a notice may be late, or never have come. */
  private async fetch({ payoutId, provider, number }: PayoutRow): Promise<boolean> {
    const { readers, payouts, files, sourceOf } = this.needs;
    const reader = readers.get(provider);
    if (!reader) throw new Error(`No key of the account ${provider} is set: its payout ${number} cannot be fetched.`);
    const { ready, ...said } = await reader.payout(number);
    await payouts.hear(provider, said, this.meta());
    if (!ready) return false;
    const records = () => numbered(reader.transactions(number));
    const { settlementId } = await files.take({ source: await sourceOf(provider), hash: `payout ${number}`, records }, this.meta());
    await payouts.reconciled(payoutId, settlementId, this.meta());
    return true;
  }

  private rest({ payoutId }: PayoutRow, isDone: boolean): void {
    const tries = isDone ? 0 : (this.resting.get(payoutId)?.tries ?? 0) + 1;
    const pause = isDone ? PAUSES.longestMs : pauseAfter(tries, PAUSES);
    this.resting.set(payoutId, { tries, until: this.needs.now().getTime() + pause });
  }

  private rests(payoutId: string): boolean {
    return (this.resting.get(payoutId)?.until ?? 0) > this.needs.now().getTime();
  }

  /** What is done, and shown by now, is forgotten. */
  private wake(): void {
    for (const [payoutId, { tries }] of this.resting) if (tries === 0 && !this.rests(payoutId)) this.resting.delete(payoutId);
  }

  private meta(): Meta {
    return { commandId: this.needs.newId(), correlationId: this.needs.newId(), actor: ACTOR };
  }
}

/** Each transaction stands on a line of its own, from 1. */
const numbered = async function* (records: AsyncIterable<MappedRecord>) {
  let line = 0;
  for await (const value of records) yield { line: ++line, value };
};
