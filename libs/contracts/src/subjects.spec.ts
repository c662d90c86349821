import { contracts, subjectOf, subjects, Topics, type Topic } from '.';

const topics = Object.values(Topics);
const kindsOf = (topic: Topic): readonly (readonly [string, string])[] => Object.entries(subjects[topic]);

describe('the subject of an event', () => {
  it('is the id alone of the topic’s own aggregate', () =>
    expect([subjectOf('order.events', 'order-o-1'), subjectOf('inventory.events', 'reservation-o-1')]).toEqual(['o-1', 'o-1']));

  it.each([
    ['inventory.events', ['item-MUG', 'prices-MUG', 'location-MUG', 'channel-MUG', 'availability-MUG', 'reservation-MUG']],
    ['payment.events', ['payment-o-1', 'invoice-o-1', 'settlement-o-1']],
    ['fulfillment.events', ['fulfillment-o-1', 'brokering-o-1']],
  ] as const)('is never that of something else on %s, though both have one name', (topic, streams) =>
    expect(new Set(streams.map((stream) => subjectOf(topic, stream))).size).toBe(streams.length),
  );

  it.each(topics)('differs on %s with the kind of thing, whatever things are called', (topic) => {
    const named = kindsOf(topic).map(([kind]) => subjectOf(topic, `${kind}-X`));
    expect(new Set(named).size).toBe(kindsOf(topic).length);
  });

  it.each(topics)('reads on %s as is said of its kind', (topic) => {
    const read = kindsOf(topic).map(([kind, form]) => [kind, subjectOf(topic, `${kind}-<`).endsWith('/<') ? `${kind}/<` : '<', form]);
    expect(read.filter(([, begin = '', form = '']) => !form.startsWith(begin))).toEqual([]);
  });

  it.each(topics)('is said on %s in a form that a program can read: names between brackets, and what stands before them', (topic) => {
    const forms = kindsOf(topic).map(([, form]) => form);
    expect(forms.filter((form) => !/^(?:\w+\/)?<\w+>(?:\/<\w+>|\[\/<\w+>\])?$/.test(form))).toEqual([]);
  });

  it('has a kind that some event is about: none is reserved for nothing', () => {
    const about = new Set(contracts.flatMap(({ topic, subjects: kinds }) => kinds.map((kind) => `${topic} ${kind}`)));
    expect(topics.flatMap((topic) => kindsOf(topic).map(([kind]) => `${topic} ${kind}`)).filter((each) => !about.has(each))).toEqual([]);
  });
});
