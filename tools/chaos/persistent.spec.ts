import type { Answer, Call, Http } from '../simulator/http';
import { Problem, Unreachable } from '../simulator/problem';
import { persistentHttp } from './persistent';

const call: Call = { method: 'POST', path: '/orders/o-1/holds', key: 'k-1' };

/** Answers what it is told, one after the other, and then always well. */
const replica = (...failures: readonly Error[]): Http & { readonly asked: Call[] } => {
  const left = [...failures];
  const asked: Call[] = [];
  const send = async <Body>(sent: Call): Promise<Answer<Body>> => {
    asked.push(sent);
    const failure = left.shift();
    if (failure) throw failure;
    return { body: {} as Body, position: '', repeated: false };
  };
  return { asked, send, close: () => undefined };
};

describe('whoever asks again', () => {
  const refusals: number[] = [];
  const persistently = (replicas: readonly Http[], patienceMs = 60_000, signal = new AbortController().signal): Http =>
    persistentHttp(replicas, { patienceMs, placeEveryMs: 0, signal, refused: (status) => refusals.push(status) });

  it('goes to the other replica when one is away, broken or too busy, with the same command', async () => {
    refusals.length = 0;
    const first = replica(new Problem(503, 'OVERLOADED', '', ''));
    const second = replica(new Unreachable('', undefined));
    await persistently([first, second]).send(call);
    expect([first.asked.length, second.asked.length].toSorted((a, b) => a - b)).toEqual([1, 2]);
    expect([...first.asked, ...second.asked].every((asked) => asked === call)).toBe(true);
    expect(refusals.toSorted((a, b) => a - b)).toEqual([0, 503]);
  });

  it('waits for what a service has not heard of yet', async () => {
    const one = replica(new Problem(404, 'RETURN_UNKNOWN', '', ''), new Problem(422, 'LOCATION_UNKNOWN', '', ''));
    await persistently([one]).send(call);
    expect(one.asked).toHaveLength(3);
  });

  it('takes a refusal for what it is', async () => {
    const one = replica(new Problem(409, 'ORDER_CANCELLED', '', 'It is cancelled.'));
    await expect(persistently([one]).send(call)).rejects.toMatchObject({ code: 'ORDER_CANCELLED' });
    expect(one.asked).toHaveLength(1);
  });

  it('gives up when its time is over, and at once when the run is interrupted', async () => {
    const away = (): Http => replica(...Array.from({ length: 9 }, () => new Unreachable('Nobody answers.', undefined)));
    await expect(persistently([away()], -1).send(call)).rejects.toThrow('Nobody answers.');
    await expect(persistently([away()], 60_000, AbortSignal.abort()).send(call)).rejects.toThrow('Nobody answers.');
  });
});
