import type { FieldError } from '@cartage/eventsourcing';
import type { BegunFeed, FeedEntry, FeedLane, FeedLog, FeedMessage } from './feed-log';

const faultsOf = (entry: FeedEntry, answers: ReadonlyMap<number, readonly FieldError[]>, all: readonly FieldError[]) =>
  all.length > 0 ? all : (answers.get(entry.place ?? 0) ?? []);

/** What is in feeds, in this process only. */
export class MemoryFeedLog implements FeedLog {
  private readonly entries = new Map<string, FeedEntry>();
  private readonly begunAt = new Map<string, string>();
  private readonly turns = new Set<string>();

  async add(message: FeedMessage): Promise<void> {
    const fresh = { documentId: undefined, place: undefined, feedId: undefined, answer: undefined };
    if (!this.entries.has(message.updateId)) this.entries.set(message.updateId, { ...message, ...fresh });
  }

  async find(updateId: string): Promise<FeedEntry | undefined> {
    return this.entries.get(updateId);
  }

  async remove(updateId: string): Promise<void> {
    const entry = this.entries.get(updateId);
    this.entries.delete(updateId);
    const aside = `${updateId} ${entry?.feedId}`;
    if (entry?.feedId !== undefined) this.entries.set(aside, { ...entry, updateId: aside });
  }

  async waiting(lane: FeedLane, limit: number): Promise<readonly FeedEntry[]> {
    const open = this.of(lane).filter(({ documentId }) => documentId === undefined);
    return open.slice(0, limit);
  }

  async begun(lane: FeedLane): Promise<BegunFeed | undefined> {
    const open = this.of(lane).find(({ documentId, feedId, answer }) => documentId !== undefined && feedId === undefined && !answer);
    const documentId = open?.documentId;
    return documentId === undefined ? undefined : { documentId, begunAt: this.begunAt.get(documentId) ?? '' };
  }

  async begin(updateIds: readonly string[], { documentId, begunAt }: BegunFeed): Promise<void> {
    this.begunAt.set(documentId, begunAt);
    updateIds.forEach((updateId, i) => this.change({ updateId }, () => ({ documentId, place: i + 1 })));
  }

  async name(documentId: string, feedId: string): Promise<void> {
    this.change({ documentId }, () => ({ feedId }));
  }

  async known(lane: FeedLane, feedIds: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(this.of(lane).flatMap(({ feedId }) => (feedId !== undefined && feedIds.includes(feedId) ? [feedId] : [])));
  }

  async settle(documentId: string, answers: ReadonlyMap<number, readonly FieldError[]>, all: readonly FieldError[] = []): Promise<void> {
    this.change({ documentId }, (entry) => ({ answer: faultsOf(entry, answers, all) }));
  }

  async inTurn(lane: FeedLane, work: () => Promise<void>): Promise<void> {
    const turn = `${lane.channel} ${lane.feedType}`;
    if (this.turns.has(turn)) return;
    this.turns.add(turn);
    await work().finally(() => this.turns.delete(turn));
  }

  private of({ channel, feedType }: FeedLane): readonly FeedEntry[] {
    return [...this.entries.values()].filter((each) => each.channel === channel && each.feedType === feedType);
  }

  private change(which: Partial<Pick<FeedEntry, 'updateId' | 'documentId'>>, changed: (entry: FeedEntry) => Partial<FeedEntry>): void {
    for (const entry of this.entries.values())
      if (entry.updateId === (which.updateId ?? entry.updateId) && entry.documentId === (which.documentId ?? entry.documentId))
        this.entries.set(entry.updateId, { ...entry, ...changed(entry) });
  }
}
