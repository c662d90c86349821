import { journalTopic, StateTopics, Topics } from '@cartage/contracts';
import fc from 'fast-check';
import { faultOfTopic, isTopicName } from './replay-topic';

describe('a topic to which past events are sent', () => {
  it.each(['replays.erp', 'replays.a_b-C9', 'erp.restore.1'])('may be %s', (topic) =>
    expect(faultOfTopic(topic, ['replays.', 'erp.restore.'])).toBeUndefined(),
  );

  it.each<[string, string]>([
    ['replays.', 'It must begin with replays.'],
    ['orders', 'It must begin with replays.'],
    ['', 'It must be the name of a topic'],
    ['replays.a b', 'It must be the name of a topic'],
    [`replays.${'x'.repeat(250)}`, 'It must be the name of a topic'],
  ])('is not %j', (topic, fault) => expect(faultOfTopic(topic, ['replays.'])).toContain(fault));

  it('is none where none is allowed', () => expect(faultOfTopic('replays.erp', [])).toContain('REPLAY_TOPIC_PREFIXES is empty'));

  it('is never one that Cartage hears, whatever an operator allows, and however it is spelt', () => {
    const prefixes = fc.array(fc.string({ maxLength: 5 }));
    const spelt = fc
      .constantFrom(...Object.values(Topics), ...Object.values(StateTopics), journalTopic)
      .chain((topic) => fc.constantFrom(topic, topic.toUpperCase(), topic.replaceAll('.', '_')));
    fc.assert(
      fc.property(spelt, prefixes, (topic, allowed) => expect(faultOfTopic(topic, [...allowed, topic.slice(0, 3)])).toContain('own')),
    );
  });

  it('has a name that Kafka takes', () => {
    fc.assert(fc.property(fc.string(), (name) => expect(isTopicName(name)).toBe(/^[\w.-]{1,249}$/.test(name) && !/^\.{1,2}$/.test(name))));
  });
});
