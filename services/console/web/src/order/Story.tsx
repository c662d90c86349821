import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useServices } from '../api/services';
import { Time } from '../marks/Mark';
import { Shown } from '../states/states';
import { useSpeech } from '../words/words';
import { Section } from '../frame/Section';
import { wholeStory, type Entry } from './story';

const StoryEntry = ({ entry }: { readonly entry: Entry }): ReactNode => {
  const { say, name } = useSpeech();
  return (
    <li>
      <p className="fact-head">
        <strong>{name('step', entry.step)}</strong>
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
