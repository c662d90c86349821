import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { baselineRisk } from '../../app/risk/baseline';
import { RiskDesk } from '../../app/risk/risk-desk';
import { RiskAnswerWrong, type RiskAnswer, type RiskCase, type RiskProvider } from '../../app/risk/risk-provider';
import { requireSigned } from '../webhooks/signature';
import { httpRisk } from './http-risk';
import { harmlessCase, riskProviderContract } from './risk-provider.contract';

const secret = 'shared-with-the-risk-service';
const clock = () => new Date('2026-11-02T10:00:00Z');
const signal = () => AbortSignal.timeout(10_000);

interface Heard {
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** A service of somebody else’s: what it is asked, and what it answers. */
const riskService = async () => {
  const heard: Heard[] = [];
  let answer: (response: ServerResponse, order: RiskCase) => Promise<void> | void = () => undefined;
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      heard.push({ headers: request.headers, body });
      void answer(response, JSON.parse(body.toString()) as RiskCase);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    heard,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/score`,
    answers: (how: typeof answer) => (answer = how),
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};

let service: Awaited<ReturnType<typeof riskService>>;
beforeAll(async () => {
  service = await riskService();
});
afterAll(() => service.close());
beforeEach(() => service.answers(async (response, order) => void response.end(JSON.stringify(await baselineRisk.assess(order, signal())))));
const overHttp = (): RiskProvider => httpRisk({ url: service.url, secret, now: clock });

riskProviderContract('baseline', () => baselineRisk);
riskProviderContract('http', overHttp);

describe('a risk provider over HTTP', () => {
  it('is asked with a signature over the body, a key of the question, and nothing personal', async () => {
    await overHttp().assess(harmlessCase, signal());
    const { headers, body } = service.heard.at(-1) ?? { headers: {}, body: Buffer.from('') };
    expect(headers['idempotency-key']).toBe(`${harmlessCase.orderId}-1`);
    const signing = { toleranceSeconds: 1, now: clock };
    expect(() => requireSigned(headers['cartage-signature'], body, { ...signing, secrets: [secret] })).not.toThrow();
    expect(() => requireSigned(headers['cartage-signature'], body, { ...signing, secrets: ['another'] })).toThrow();
    expect(JSON.parse(body.toString())).toEqual(harmlessCase);
  });

  it.each([
    ['no JSON', 'very risky'],
    ['a list', '[]'],
    ['a score above 100', '{"score":101,"version":"1"}'],
    ['a score that is not whole', '{"score":1.5,"version":"1"}'],
    ['no version', '{"score":1}'],
    ['a reason without a code', '{"score":1,"version":"1","reasons":[{"detail":"x"}]}'],
    ['a text that no table can keep', '{"score":1,"version":"\\ud800"}'],
    ['more than anybody reads', JSON.stringify({ score: 1, version: '1', more: 'x'.repeat(70_000) })],
  ])('is not believed when it answers %s', async (_, body) => {
    service.answers((response) => void response.end(body));
    await expect(overHttp().assess(harmlessCase, signal())).rejects.toThrow(RiskAnswerWrong);
  });

  it('has not answered when it says that it cannot', async () => {
    service.answers((response) => void response.writeHead(503).end());
    await expect(overHttp().assess(harmlessCase, signal())).rejects.toThrow('503');
  });
});

describe('asking for a risk', () => {
  let time = clock().getTime();
  const away: string[] = [];
  const desk = (provider: RiskProvider, timeoutMs = 5_000): RiskDesk =>
    new RiskDesk({ provider, timeoutMs, now: () => new Date(time), onAway: (orderId) => away.push(orderId) });
  const saying = (...answers: readonly (RiskAnswer | Error)[]) => {
    let asked = 0;
    const assess = async (): Promise<RiskAnswer> => {
      const answer = answers[Math.min(asked, answers.length - 1)];
      asked += 1;
      if (!answer || answer instanceof Error) throw answer ?? new Error('Nothing to say.');
      return answer;
    };
    return { provider: { name: 'said', assess }, asked: () => asked };
  };
  const good = { version: '7', score: 12, reasons: [] };

  it('tells the score with who said it and by which version', async () =>
    expect(await desk(saying(good).provider).assess(harmlessCase)).toEqual({ provider: 'said', ...good }));

  it('goes on without one in time, even where the provider minds no signal', async () => {
    const silent: RiskProvider = { name: 'silent', assess: () => new Promise(() => undefined) };
    expect(await desk(silent, 10).assess(harmlessCase)).toEqual({ provider: 'silent', reasons: [], away: 'timeout' });
    expect(away).toContain(harmlessCase.orderId);
  });

  it.each([
    ['unreachable', new Error('ECONNREFUSED')],
    ['answer-wrong', { ...good, score: 400 }],
    ['answer-wrong', new RiskAnswerWrong('no')],
  ] as const)('says %s where there is no score to be had', async (why, answer) =>
    expect(await desk(saying(answer).provider).assess(harmlessCase)).toMatchObject({ away: why }),
  );

  it('stops asking whoever is silent time after time, and lets one order try after a while', async () => {
    const { provider, asked } = saying(new Error('a'), new Error('b'), new Error('c'), good);
    const patient = desk(provider);
    for (let i = 0; i < 3; i += 1) await patient.assess(harmlessCase);
    expect(await patient.assess(harmlessCase)).toMatchObject({ away: 'paused' });
    expect(asked()).toBe(3);
    time += 15_000;
    expect(await patient.assess(harmlessCase)).toMatchObject({ score: 12 });
    expect(await patient.assess(harmlessCase)).toMatchObject({ score: 12 });
  });
});
