import { handling, type EventStore, type Handled, type Meta, type Send } from '@cartage/eventsourcing';
import {
  disposalProceeds,
  proceedsStream,
  type BookedProceeds,
  type Proceeds,
  type ProceedsCommand,
  type ProceedsEvent,
} from '../domain/goods/proceeds';

export interface DisposalProceedsNeeds {
  readonly store: Pick<EventStore, 'readMany' | 'appendMany'>;
  readonly newId: () => string;
  readonly isPublic: (type: string) => boolean;
  readonly now: () => Date;
}

/** What was paid for goods that were disposed of, in the books: inventory says it. */
export class DisposalProceeds {
  private readonly send: Send<ProceedsCommand, BookedProceeds, ProceedsEvent>;

  constructor(private readonly needs: DisposalProceedsNeeds) {
    this.send = handling<ProceedsCommand, BookedProceeds, ProceedsEvent>(needs, disposalProceeds);
  }

  book(proceeds: Proceeds, meta: Meta): Promise<Handled<BookedProceeds, ProceedsEvent>> {
    const data = { ...proceeds, now: this.needs.now().toISOString() };
    return this.send(proceedsStream(proceeds.disposalId), { type: 'BookDisposalProceeds', data }, meta);
  }
}
