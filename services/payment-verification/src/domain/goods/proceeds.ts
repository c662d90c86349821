import { deciding, evolving, type DataOf, type Decider, type Named } from '@cartage/eventsourcing';

/** What was paid for goods that were not fit to be sold, as inventory says. */
export interface Proceeds {
  readonly disposalId: string;
  readonly sku: string;
  readonly location: string;
  readonly quantity: number;
  /** What became of them, in inventory’s words. */
  readonly outcome: string;
  readonly currency: string;
  readonly amount: number;
  readonly disposedAt: string;
}

/** It stands in the books. Private: whoever wants to know heard it of inventory. */
export type ProceedsEvent = Named<'DisposalProceedsBooked', Proceeds & { readonly bookedAt: string }>;
export type ProceedsCommand = Named<'BookDisposalProceeds', Proceeds & { readonly now: string }>;

export interface BookedProceeds {
  readonly isBooked: boolean;
}

const book = (
  { now, ...proceeds }: DataOf<ProceedsCommand, 'BookDisposalProceeds'>,
  { isBooked }: BookedProceeds,
): readonly ProceedsEvent[] =>
  isBooked || proceeds.amount === 0 ? [] : [{ type: 'DisposalProceedsBooked', data: { ...proceeds, bookedAt: now } }];

/** The proceeds of one disposal: goods are disposed of once. */
export const disposalProceeds: Decider<ProceedsCommand, BookedProceeds, ProceedsEvent> = {
  initial: { isBooked: false },
  evolve: evolving<BookedProceeds, ProceedsEvent>({ DisposalProceedsBooked: () => ({ isBooked: true }) }),
  decide: deciding<ProceedsCommand, BookedProceeds, ProceedsEvent>({ BookDisposalProceeds: book }),
};

export const proceedsStream = (disposalId: string): string => `proceeds-${disposalId}`;

/** As what the journal has them. */
export const PROCEEDS = 'disposal-proceeds';
