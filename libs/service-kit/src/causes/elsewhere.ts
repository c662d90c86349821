import type { Page } from '../http/page';
import type { AskElsewhere } from './causes';
import type { TracedEvent } from './traced-event';

const WITHIN_MS = 5_000;
const PAGE = 200;

const pageAt = async (url: string, cursor: string | null): Promise<Page<TracedEvent>> => {
  const address = new URL(url);
  address.searchParams.set('limit', String(PAGE));
  if (cursor !== null) address.searchParams.set('cursor', cursor);
  const answer = await fetch(address, { signal: AbortSignal.timeout(WITHIN_MS), headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(`${address.origin} answered ${answer.status}.`);
  return (await answer.json()) as Page<TracedEvent>;
};

/** Reads the pages of another process's answer, until there is enough. */
export const overHttp: AskElsewhere = async (url, correlationId, limit) => {
  const events: TracedEvent[] = [];
  let next: string | null = null;
  do {
    const page: Page<TracedEvent> = await pageAt(`${url}/${encodeURIComponent(correlationId)}`, next);
    events.push(...page.items);
    next = page.next;
  } while (next !== null && events.length < limit);
  return events.slice(0, limit);
};
