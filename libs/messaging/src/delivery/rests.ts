import { bell, NO_MORE, type Bell, type Pauses } from '@cartage/eventsourcing';

/** Who of a group is early, by key; each is woken when something else of its key was taken. */
export class EarlyKeys {
  private readonly keys = new Map<string, Bell>();

  get size(): number {
    return this.keys.size;
  }

  arrived(key: string): void {
    if (this.keys.size > 0) this.keys.get(key)?.ring();
  }

  wait(key: string): Bell {
    const news = this.keys.get(key) ?? bell();
    this.keys.set(key, news);
    return news;
  }

  done(key: string): void {
    this.keys.delete(key);
  }
}

/** The rests between the tries of one piece of work. */
export class Rests {
  private news: Bell | undefined;
  private heard = 0;

  constructor(private readonly pauses: Pauses) {}

  /** It is early. What it lacks may have been taken during the try: only the first of them goes by that alone, for nobody listened before. */
  early(news: Bell): void {
    this.news ??= news;
  }

  async next(signal: AbortSignal): Promise<void> {
    if (!this.news) return this.pauses.rest(signal);
    const over = new AbortController();
    const either = AbortSignal.any([signal, over.signal]);
    await Promise.race([this.pauses.rest(either), this.news.next(this.heard, either)]);
    this.heard = this.news.rings();
    over.abort(NO_MORE);
  }
}
