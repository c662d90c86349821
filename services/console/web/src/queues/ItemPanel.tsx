import { Link } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { useSpeech } from '../words/words';
import { readQueueAddress } from './address';
import { Deeds } from './Deeds';
import type { Deed, QueueKind } from './queue';
import { resolving } from './work/resolving';
import { WorkPart } from './work/WorkPart';

interface ItemPanelProps<Row, Whole> {
  readonly kind: QueueKind<Row, Whole>;
  readonly item: string;
  readonly whole: Whole;
  /** Since when it waits, where that is known. */
  readonly since: string | undefined;
}

/** What resolves it is one key away. */
const withShortcut = ([first, ...others]: readonly Deed[]): readonly Deed[] =>
  first ? [{ ...first, shortcut: 'resolve' }, ...others] : [];

/** What is known of an item, and what can be done about it. Reading begins at its heading. */
export const ItemPanel = <Row, Whole>({ kind, item, whole, since }: ItemPanelProps<Row, Whole>): ReactNode => {
  const { say } = useSpeech();
  const heading = useRef<HTMLHeadingElement>(null);
  const named = { queue: kind.id, key: item, since };
  const deeds = withShortcut(kind.deeds(whole).map((deed) => (kind.isHandedOut || deed.isStep ? deed : resolving(named, deed))));
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
      {(deeds.length > 0 || !kind.more) && (
        <div className="queue-part">
          {deeds.length === 0 ? <p className="quiet">{say('queues.deeds.none')}</p> : <Deeds deeds={deeds} />}
        </div>
      )}
      {!kind.isHandedOut && <WorkPart queue={kind.id} item={item} since={since} />}
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
