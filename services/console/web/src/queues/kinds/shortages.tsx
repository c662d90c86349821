import type { ReactNode } from 'react';
import { bodyOf, type Schemas } from '../../api/client';
import { Title } from '../../items/Title';
import { useSpeech } from '../../words/words';
import { heldOrders, orderDeeds, type Desk } from '../held-orders';
import { commandOf, type Deed, type Values } from '../queue';
import { queueOf } from '../view';

type Choice = Schemas['ShortageDto']['choice'];
type ShortLine = Desk['stock'][number];

const choices: readonly Choice[] = ['wait', 'split', 'substitute', 'cancel'];
const choiceOf = (value: string | undefined): Choice => choices.find((each) => each === value) ?? 'wait';
const substitutes = ({ choice }: Values): boolean => choice === 'substitute';

const Short = ({ of: { short } }: { readonly of: ShortLine }): ReactNode => {
  const { say } = useSpeech();
  return short ? say('order.line.short', { available: short.available, requested: short.requested }) : null;
};

const shortIn = ({ stock }: Desk): readonly ShortLine[] => stock.filter(({ short }) => short !== undefined);

const resolving = ({ order, stock, actions }: Desk): readonly Deed[] =>
  actions
    .filter(({ action, allowed }) => action === 'resolve-shortage' && allowed)
    .map(({ path }): Deed => {
      const lineId = decodeURIComponent(/\/shortages\/([^/]+)$/.exec(path)?.[1] ?? '');
      return {
        key: path,
        name: 'queues.deed.resolve-shortage',
        about: stock.find((line) => line.lineId === lineId)?.sku ?? lineId,
        previewIn: order.currency,
        fields: [
          { name: 'choice', label: 'queues.field.choice', kind: 'choice', options: choices, named: 'queues.shortage' },
          { name: 'substitute', label: 'queues.field.substitute', kind: 'sku', isRequired: true, when: substitutes },
        ],
        send: (api, { choice, substitute }, sending) =>
          bodyOf(
            api.POST('/orders/{orderId}/shortages/{lineId}', {
              params: { path: { orderId: order.orderId, lineId }, ...commandOf(sending) },
              body: {
                choice: choiceOf(choice),
                reason: { code: 'stock-short' },
                by: 'operator',
                ...(substitute === undefined ? {} : { substitute: { sku: substitute } }),
              },
            }),
          ),
      };
    });

const held = heldOrders('stock-short');

/** Orders with lines that are not in stock: they wait for goods, or for somebody who decides what becomes of them. */
export const shortages = queueOf({
  ...held,
  id: 'shortages',
  facts: (desk) => [
    ...held.facts(desk),
    {
      name: 'queues.fact.short',
      value: (
        <ul>
          {shortIn(desk).map((line) => (
            <li key={line.lineId}>
              <bdi className="code">{line.sku}</bdi>
              <Title sku={line.sku} />: <Short of={line} />
            </li>
          ))}
        </ul>
      ),
    },
  ],
  deeds: (desk) => [...resolving(desk), ...orderDeeds(desk, 'cancel')],
});
