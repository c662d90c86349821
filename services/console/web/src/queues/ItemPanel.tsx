import { Link } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { useSpeech } from '../words/words';
import { readQueueAddress } from './address';
import { DeedDialog } from './DeedDialog';
import type { Deed, QueueKind } from './queue';

interface ItemPanelProps<Row, Whole> {
  readonly kind: QueueKind<Row, Whole>;
  readonly item: string;
  readonly whole: Whole;
}

/** What an item is called where one of its deeds is. */
export const titleOf = ({ name, about }: Pick<Deed, 'name' | 'about'>, say: ReturnType<typeof useSpeech>['say']): string =>
  about === undefined ? say(name) : `${say(name)}: ${about}`;

const Deeds = ({ deeds }: { readonly deeds: readonly Deed[] }): ReactNode => {
  const { say } = useSpeech();
  const [asked, ask] = useState<Deed>();
  const close = useCallback(() => ask(undefined), []);
  return (
    <>
      {deeds.length === 0 && <p className="quiet queue-part">{say('queues.deeds.none')}</p>}
      <ul className={deeds.length === 0 ? 'unseen' : 'queue-deeds queue-part'}>
        {deeds.map((deed) => (
          <li key={deed.key}>
            <button type="button" className="button" onClick={() => ask(deed)}>
              {titleOf(deed, say)}
            </button>
          </li>
        ))}
      </ul>
      {asked && <DeedDialog deed={asked} onClose={close} />}
    </>
  );
};

/** What is known of an item, and what can be done about it. Reading begins at its heading. */
export const ItemPanel = <Row, Whole>({ kind, whole }: ItemPanelProps<Row, Whole>): ReactNode => {
  const { say } = useSpeech();
  const heading = useRef<HTMLHeadingElement>(null);
  const deeds = kind.deeds(whole);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <header className="queue-item-head">
        <h2 ref={heading} tabIndex={-1}>
          <bdi>{kind.headingOf(whole)}</bdi>
        </h2>
        <Link
          to="/queues/$queue"
          params={{ queue: kind.id }}
          search={(before) => readQueueAddress({ ...before, item: undefined })}
          className="button"
        >
          {say('close')}
        </Link>
      </header>
      {kind.more?.(whole)}
      {(deeds.length > 0 || !kind.more) && <Deeds deeds={deeds} />}
      <dl className="queue-facts queue-part">
        {kind.facts(whole).map(({ name, value }) => (
          <div key={name}>
            <dt>{say(name)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
};
