import { fold } from '@cartage/eventsourcing';
import type { OrderEvent } from './events';
import type { Fact } from './facts';
import { order, type OrderCommand } from './order';
import { id, placed, recording } from './order.fixture';
import type { PlacedOrder } from './state';

/** What happens to an order: what others tell, and what it is asked. */
export type Step = Fact | OrderCommand;

const asked: ReadonlySet<string> = new Set<OrderCommand['type']>([
  'MeetDeadline',
  'CancelOrder',
  'ApplyHold',
  'ReleaseHold',
  'ResolveShortage',
  'AddPayments',
  'EditOrder',
  'RedirectOrder',
]);

const isCommand = (step: Step): step is OrderCommand => asked.has(step.type);

/** Each step has ids of its own for what comes of it. */
export const commandOf = (step: Step, n: number): OrderCommand => (isCommand(step) ? step : recording(step, id(900 + 10 * n)));

/** The history that these steps leave behind, each once. */
export const historyFrom = (begin: readonly OrderEvent[], steps: readonly Step[]): readonly OrderEvent[] =>
  steps.reduce<readonly OrderEvent[]>((events, step, n) => [...events, ...order.decide(commandOf(step, n), fold(order, events))], begin);

export const history = (...steps: readonly Step[]): readonly OrderEvent[] => historyFrom([placed], steps);

export const stateOf = (events: readonly OrderEvent[]): PlacedOrder => {
  const state = fold(order, events);
  if (!state) throw new Error('It was placed.');
  return state;
};

export const stateAfter = (...steps: readonly Step[]): PlacedOrder => stateOf(history(...steps));
