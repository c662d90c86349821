import { v7 as newId } from 'uuid';
import { unused, write, type Its } from './fixture';

/** For stores whose log can be searched by what caused an event. */
export const tracingContract = (its: Its): void => {
  describe('tracing', () => {
    const traced = (stream: string, correlationId: string, n: number) => {
      const asked = write(stream, 0, n);
      return { ...asked, events: asked.events.map((event) => ({ ...event, meta: { ...event.meta, correlationId } })) };
    };

    it('finds an event by its id, and nothing by another', async () => {
      const { traces } = its.store;
      if (!traces) return expect(its.store).not.toHaveProperty('traces');
      const asked = write(unused('order'), 0, 2);
      await its.store.appendMany([asked]);
      const [, second] = asked.events;
      expect(await traces.find(second?.id ?? '')).toMatchObject({ ...second, version: 2, stream: asked.stream });
      expect(await traces.find(newId())).toBeUndefined();
      expect(await traces.find("no id at all'")).toBeUndefined();
    });

    it('tells what followed from one request, in the order of the log, over all streams, page by page', async () => {
      const { traces } = its.store;
      if (!traces) return expect(its.store).not.toHaveProperty('traces');
      const correlationId = newId();
      const [first, other, second] = [
        traced(unused('order'), correlationId, 2),
        traced(unused('order'), newId(), 1),
        traced(unused('payment'), correlationId, 1),
      ];
      for (const each of [first, other, second]) await its.store.appendMany([each]);
      const ids = [...first.events, ...second.events].map(({ id }) => id);
      const page = await traces.correlated({ correlationId, limit: 2 });
      const rest = await traces.correlated({ correlationId, after: page.at(-1)?.position ?? '', limit: 2 });
      expect([...page, ...rest].map(({ id }) => id)).toEqual(ids);
      expect(await traces.correlated({ correlationId: newId(), limit: 2 })).toEqual([]);
    });
  });
};
