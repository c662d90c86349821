import type { Meta } from '@cartage/eventsourcing';
import { work, type ItemName, type Work, type WorkCommand, type WorkEntry } from '../domain/work';

/** What people did about an item, as it stands. */
export interface ItemWork extends ItemName {
  readonly version: number;
  readonly assignee: string | null;
  readonly snoozedUntil: string | null;
  readonly snoozeReason: string | null;
  readonly notes: number;
  /** Null: nobody did anything about it. */
  readonly changedAt: string | null;
}

/** One thing that somebody did about an item. */
export interface WorkDone {
  readonly version: number;
  readonly kind: WorkEntry['type'];
  readonly by: string;
  readonly at: string;
  readonly assignee: string | null;
  readonly until: string | null;
  /** With which deed it was dealt with. */
  readonly what: string | null;
  /** A note, or why it sleeps, or was dealt with so. */
  readonly text: string | null;
}

export interface WorkFilter {
  readonly queue?: string | undefined;
  readonly assignee?: string | undefined;
  readonly snoozed?: boolean | undefined;
}

/** What is asked to be done about an item, by whom. */
export interface WorkRequest extends ItemName {
  readonly meta: Meta;
  /** Nothing is done where it is at another version; absent: whichever it is at. */
  readonly ifVersion: number | undefined;
}

export interface WorkTable {
  /**
   * Decides by how the item's work stands, and keeps what follows, all in one transaction in which nobody else changes it. Answers whether it was so already, or the
   * same request had been done before, in which case nothing is decided. Refuses another request by the same key, and one that speaks of another version.
   */
  change(request: WorkRequest, at: string, decide: (work: Work) => readonly WorkEntry[]): Promise<boolean>;
  find(item: ItemName): Promise<ItemWork | undefined>;
  /** What somebody has, what sleeps, and what was written about, by queue and key. */
  list(
    filter: WorkFilter,
    at: string,
    page: { readonly after: ItemName | undefined; readonly limit: number },
  ): Promise<readonly ItemWork[]>;
  /** The latest first. */
  history(item: ItemName, page: { readonly before: number | undefined; readonly limit: number }): Promise<readonly WorkDone[]>;
}

/** A command, but for the time. */
export type WorkAsked = WorkCommand extends infer Command
  ? Command extends WorkCommand
    ? { readonly type: Command['type']; readonly data: Omit<Command['data'], 'now'> }
    : never
  : never;

export interface WorkAnswer {
  readonly item: ItemWork;
  readonly repeated: boolean;
}

const untouched = ({ queue, key }: ItemName): ItemWork => ({
  ...{ queue, key, version: 0, assignee: null, snoozedUntil: null, snoozeReason: null, notes: 0, changedAt: null },
});

/** Who works on what in the queues of the console. */
export class WorkDesk {
  constructor(
    private readonly table: WorkTable,
    private readonly now: () => Date,
  ) {}

  async send(request: WorkRequest, { type, data }: WorkAsked): Promise<WorkAnswer> {
    const now = this.now().toISOString();
    const command = { type, data: { ...data, now } } as WorkCommand;
    const repeated = await this.table.change(request, now, (stands) => work.decide(command, stands));
    return { item: await this.get(request), repeated };
  }

  /** Of what nobody has done anything about, that nobody has. */
  async get(item: ItemName): Promise<ItemWork> {
    return (await this.table.find(item)) ?? untouched(item);
  }

  list(filter: WorkFilter, after: ItemName | undefined, limit: number): Promise<readonly ItemWork[]> {
    return this.table.list(filter, this.now().toISOString(), { after, limit });
  }

  history(item: ItemName, before: number | undefined, limit: number): Promise<readonly WorkDone[]> {
    return this.table.history(item, { before, limit });
  }
}
