import { listeningServices } from '../../api/service-names';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { bodyOf, type Api, type Schemas } from '../../api/client';
import { Time } from '../../marks/Mark';
import type { PageAsked } from '../../tables/Listed';
import { useSpeech } from '../../words/words';
import { inTurn } from '../in-turn';
import { orNothing } from '../left-out';
import type { Deed, PageOf } from '../queue';
import { queueOf } from '../view';

interface Letter extends Readonly<Schemas['DeadLetter']> {
  readonly service: string;
}

interface WholeLetter extends Readonly<Schemas['WholeDeadLetter']> {
  readonly service: string;
}

const lettersOf = async (api: Api, service: string, page: PageAsked): Promise<PageOf<Letter>> => {
  const query = { state: 'dead', ...page } as const;
  const found = await orNothing(bodyOf(api.GET('/operations/{service}/dead-letters', { params: { path: { service }, query } })));
  return { ...found, items: found.items.map((letter) => ({ ...letter, service })) };
};

const itemOf = ({ service, id }: Pick<Letter, 'service' | 'id'>): string => `${service}.${id}`;

const pathOf = (item: string): { readonly service: string; readonly id: string } => {
  const at = item.lastIndexOf('.');
  return { service: item.slice(0, at), id: item.slice(at + 1) };
};

const letterAt = async (api: Api, item: string): Promise<WholeLetter> => {
  const path = pathOf(item);
  return { ...(await bodyOf(api.GET('/operations/{service}/dead-letters/{id}', { params: { path } }))), service: path.service };
};

const deedsFor = ({ service, id, state }: WholeLetter): readonly Deed[] => {
  const params = { path: { service, id } };
  if (state !== 'dead') return [];
  return [
    {
      key: `send ${service} ${id}`,
      name: 'queues.deed.send-again',
      send: (api) => bodyOf(api.POST('/operations/{service}/dead-letters/{id}/send', { params })),
    },
    {
      key: `drop ${service} ${id}`,
      name: 'queues.deed.drop',
      isGrave: true,
      fields: [{ name: 'reason', label: 'ask.reason', kind: 'text', isRequired: true, longest: 1_000 }],
      send: (api, { reason = '' }) => bodyOf(api.POST('/operations/{service}/dead-letters/{id}/drop', { params, body: { reason } })),
    },
  ];
};

const ORDER = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What belongs together waits together: an order, mostly. */
const Key = ({ of: key }: { readonly of: string }): ReactNode =>
  ORDER.test(key) ? (
    <Link to="/orders/$orderId" params={{ orderId: key }} className="code" dir="ltr">
      {key}
    </Link>
  ) : (
    <span className="code">{key}</span>
  );

const Contents = ({ letter: { stack, value } }: { readonly letter: WholeLetter }): ReactNode => {
  const { say } = useSpeech();
  return (
    <div className="queue-part">
      {[
        { name: say('queues.letter.stack'), text: stack },
        { name: say('queues.letter.value'), text: value ?? '' },
      ].map(({ name, text }) => (
        <details key={name}>
          <summary>{name}</summary>
          <pre className="code" dir="ltr" tabIndex={0}>
            {text}
          </pre>
        </details>
      ))}
    </div>
  );
};

/** What listeners of any service could not take. */
export const deadLetters = queueOf<Letter, WholeLetter>({
  id: 'dead-letters',
  filters: [{ name: 'service', label: 'queues.column.service', options: listeningServices, named: 'queues.service' }],
  ask: (api, { service }, page) =>
    inTurn(
      listeningServices.filter((each) => service === undefined || each === service),
      page,
      (each, asked) => lettersOf(api, each, asked),
    ),
  itemOf,
  titleOf: ({ type, id }) => (type === '' ? id : type),
  since: ({ storedAt }) => storedAt,
  columns: [
    { id: 'service', heading: 'queues.column.service', show: ({ service }) => service },
    { id: 'error', heading: 'queues.column.why', show: ({ error }) => <bdi className="queue-why">{error}</bdi> },
    { id: 'behind', heading: 'queues.column.behind', show: ({ behind }) => <span className="number">{behind}</span>, isAmount: true },
    { id: 'attempts', heading: 'queues.column.attempts', show: ({ attempts }) => attempts, isAmount: true, isUnseenAtFirst: true },
  ],
  opening: { by: 'item', ask: letterAt },
  headingOf: ({ type, id }) => (type === '' ? id : type),
  facts: (letter) => [
    { name: 'queues.column.why', value: <bdi>{letter.error}</bdi> },
    { name: 'queues.letter.group', value: <span className="code">{letter.group}</span> },
    { name: 'queues.letter.key', value: <Key of={letter.key} /> },
    { name: 'queues.column.behind', value: letter.behind },
    { name: 'queues.column.attempts', value: letter.attempts },
    { name: 'queues.letter.stored', value: <Time at={letter.storedAt} /> },
  ],
  more: (letter) => <Contents letter={letter} />,
  deeds: deedsFor,
});
