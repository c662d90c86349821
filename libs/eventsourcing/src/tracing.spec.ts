import { memoryStore } from './memory-store';
import { memoryTracing } from './memory-tracing';
import { Previewed } from './previewed';
import { add, eventsOf, meta, processOn } from './sum.fixture';
import { failureOf, inSpan, ownId, streamAttributes } from './tracing';

const parent = `00-${'b'.repeat(32)}-${'c'.repeat(16)}-01`;
const id = '0190a1b2-0000-7000-8000-00000000abcd';

const traced = () => {
  const tracing = memoryTracing();
  return { tracing, ...processOn({ ...memoryStore(), tracing }) };
};

describe('a command that is traced', () => {
  it('is a span of the trace that it follows from, and its events carry that span', async () => {
    const { tracing, store, send } = traced();
    await send(`sum-${id}`, add(1), { ...meta('c1'), traceparent: parent });
    expect(tracing.spans).toMatchObject([{ name: 'Add', kind: 'internal', parent, end: 'ok' }]);
    expect(tracing.spans[0]?.attributes).toEqual({
      'cartage.command': 'Add',
      'cartage.stream.category': 'sum',
      'cartage.stream.id': id,
      'cartage.events': ['Added'],
      'cartage.repeated': false,
    });
    expect((await eventsOf(store, `sum-${id}`))[0]?.meta.traceparent).toBe(tracing.spans[0]?.traceparent);
  });

  it('says so when it was done before', async () => {
    const { tracing, send } = traced();
    await send('sum-1', add(1), meta('c1'));
    await send('sum-1', add(1), meta('c1'));
    expect(tracing.spans.map(({ attributes }) => attributes['cartage.repeated'])).toEqual([false, true]);
  });

  it('that is refused has no failure, only the code of its refusal', async () => {
    const { tracing, send } = traced();
    await expect(send('sum-1', add(-1), meta('c1'))).rejects.toMatchObject({ code: 'NEGATIVE' });
    expect(tracing.spans).toMatchObject([{ end: 'ok', attributes: { 'cartage.refusal': 'NEGATIVE' } }]);
  });

  it('leaves no trace of a preview', async () => {
    const { tracing, send } = traced();
    await expect(send('sum-1', add(1), { ...meta('c1'), preview: true })).rejects.toBeInstanceOf(Previewed);
    expect(tracing.spans).toEqual([]);
  });
});

describe('a span', () => {
  it('ends with what kind of failure ended its work, never with its message', async () => {
    const tracing = memoryTracing();
    const about = { name: 'work', kind: 'internal', attributes: {} } as const;
    const failing = (error: unknown) => inSpan(tracing, about, () => Promise.reject(error)).catch(() => undefined);
    await failing(new TypeError('ada@example.com has no address'));
    await failing(Object.assign(new Error('no'), { code: 'ECONNREFUSED' }));
    expect(tracing.spans.map(({ end }) => end)).toEqual(['TypeError', 'ECONNREFUSED']);
    expect(failureOf('odd')).toBe('error');
  });
});

describe('what is told of streams and ids', () => {
  it.each([
    [`order-${id}`, { 'cartage.stream.category': 'order', 'cartage.stream.id': id }],
    ['customer-ada@example.com', { 'cartage.stream.category': 'customer' }],
    [`gift-card-${id}-x`, { 'cartage.stream.category': 'gift' }],
    ['rules', { 'cartage.stream.category': 'rules' }],
  ])('of %s', (stream, told) => expect(streamAttributes(stream)).toEqual(told));

  it('is an id only if Cartage made it', () => {
    expect(ownId('key', id)).toEqual({ key: id });
    expect(ownId('key', `ada-${id}`)).toEqual({});
    expect(ownId('key', 'ada@example.com')).toEqual({});
  });
});
