import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { bodyOf, type Api, type Schemas } from '../api/client';
import { useServices } from '../api/services';
import { Time } from '../marks/Mark';
import { Shown } from '../states/states';
import { readable } from '../words/languages';
import { useSpeech } from '../words/words';
import { Section } from './Section';

type Entry = Schemas['TimelineEntry'];

/** An order that has lived longer than so many pages is read on by other means. */
const MOST_PAGES = 25;

const wholeStory = async (api: Api, orderId: string): Promise<readonly Entry[]> => {
  const entries: Entry[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES && (page === 0 || cursor !== null); page += 1) {
    const query: { readonly limit: number; readonly cursor?: string } = { limit: 200, ...(cursor === null ? {} : { cursor }) };
    const { items, next }: Schemas['TimelineEntryPage'] = await bodyOf(
      api.GET('/orders/{orderId}/timeline', { params: { path: { orderId }, query } }),
    );
    entries.push(...items);
    cursor = next;
  }
  return entries.toReversed();
};

const StoryEntry = ({ entry }: { readonly entry: Entry }): ReactNode => {
  const { say } = useSpeech();
  return (
    <li>
      <p className="fact-head">
        <strong>{readable(entry.step)}</strong>
        <span className="quiet">
          <Time at={entry.at} />
        </span>
      </p>
      {entry.detail !== undefined && (
        <p>
          <bdi>{entry.detail}</bdi>
        </p>
      )}
      <p className="quiet">{[entry.location, say('order.story.by', { actor: entry.actor })].filter(Boolean).join(' · ')}</p>
    </li>
  );
};

const Entries = ({ entries }: { readonly entries: readonly Entry[] }): ReactNode => (
  <ol className="story" reversed>
    {entries.map((entry) => (
      <StoryEntry key={entry.version} entry={entry} />
    ))}
  </ol>
);

interface StoryProps {
  readonly orderId: string;
  /** What happened last, newest first. */
  readonly latest: readonly Entry[];
}

/** What happened to an order, newest first; all of it when somebody asks. */
export const Story = ({ orderId, latest }: StoryProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [isWhole, setWhole] = useState(false);
  const story = useQuery({ queryKey: ['order', orderId, 'story'], queryFn: () => wholeStory(api, orderId), enabled: isWhole });
  const hasMore = (latest.at(-1)?.version ?? 1) > 1;
  return (
    <Section title={say('order.story')}>
      {isWhole ? <Shown of={story}>{(entries) => <Entries entries={entries} />}</Shown> : <Entries entries={latest} />}
      {!isWhole && hasMore && (
        <p className="list-foot">
          <button type="button" className="button" onClick={() => setWhole(true)}>
            {say('order.story.more')}
          </button>
        </p>
      )}
    </Section>
  );
};
