import { Topics } from '@cartage/contracts';
import { listenersOf } from './listeners';

const nothing = (): Promise<void> => Promise.resolve();
const hearing = {
  cards: { keep: nothing, find: () => Promise.resolve(undefined), change: nothing, keepTracking: nothing },
  plan: nothing,
  followUps: { completed: nothing, sentBack: nothing, due: nothing },
};
const heard = listenersOf(hearing).flatMap(({ topic, on }) => Object.keys(on).map((type) => ({ topic, type })));

describe('what notifications hears', () => {
  it('is that an order was placed, and not that one was imported: its customer knows how it ended', () => {
    expect(heard).toContainEqual({ topic: Topics.order, type: 'OrderPlaced' });
    expect(heard.filter(({ type }) => type === 'OrderImported')).toEqual([]);
  });
});
