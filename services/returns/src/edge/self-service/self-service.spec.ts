import { createHmac } from 'node:crypto';
import { handling, memoryStore, type Meta } from '@cartage/eventsourcing';
import { Form, idFor, isLinkForm, linkEnd, newLinkForm, orderLinkIn, orderLinkToken } from '@cartage/service-kit';
import type { FastifyReply } from 'fastify';
import { pageLanguages, pagePhrases } from '../../app/self-service/phrases';
import { SelfService } from '../../app/self-service/self-service';
import { Returns } from '../../app/returns';
import { returns as decider, returnStream } from '../../domain/return';
import { anotherId, delivered, orderId, policyWith, sale } from '../../domain/return.fixture';
import { SelfServiceController } from './self-service.controller';

const { en } = pagePhrases;
const at = '2026-11-23T10:00:00.000Z';
const policy = policyWith({ restockingFeePercent: 10, wayBack: 'customer', exchange: 'after-return' });
let ids = 0;
const newId = (): string => `0199a3c4-7b1e-7c3d-9f2a-${String((ids += 1)).padStart(12, '0')}`;
const meta = (): Meta => ({ commandId: newId(), correlationId: 'c', actor: 'anybody', fingerprint: newId() });
const people = {
  hashOf: async (kind: string, value: string) => createHmac('sha256', 'key').update(`${kind}\n${value}`).digest('base64url'),
};

const setUp = async (now = at) => {
  const store = memoryStore();
  const known = { ...sale(), lines: sale().lines.map((line) => ({ ...line, title: `The <${line.sku}>` })) };
  const facts = {
    of: async (id: string) => (id === orderId ? { sale: known, delivered: delivered() } : undefined),
    orderOf: async () => orderId,
    knowsItem: async (sku: string) => sku === 'CUP',
    keepReturn: async () => undefined,
  };
  const common = { store, facts, policyOf: async () => policy, now: () => new Date(now), newId, idFor };
  const boxes: object[] = [];
  const vault = { seal: async (key: string, content: object) => (boxes.push(content), { key, box: '' }), open: async () => undefined };
  const returns = new Returns({
    ...{ ...common, facts: facts as never, vault, returnIdFor: (id, commandId) => idFor('return', id, commandId) },
    send: handling({ store, newId }, decider),
  });
  const signing = { newId, sign: (text: string) => people.hashOf('return-form', text) };
  const selfService = new SelfService({
    ...{ ...common, returns, endOf: linkEnd },
    newForm: (token) => newLinkForm(signing, token),
    isForm: (token, form) => isLinkForm(signing, token, form),
    linkIn: (token) => orderLinkIn(people, 'returns', token),
    tokenOf: (link) => orderLinkToken(people, 'returns', link),
  });
  const controller = new SelfServiceController(selfService);
  const answered = async (act: (reply: FastifyReply) => Promise<void>): Promise<string> => {
    let html = '';
    const reply = { headers: () => reply, send: (body: string) => void (html = body) };
    await act(reply as unknown as FastifyReply);
    return html;
  };
  const { token } = await selfService.link(orderId, 30);
  const show = (lang = 'en', of = token) => answered((reply) => controller.show(of, { lang }, undefined, reply));
  const send = (fields: Readonly<Record<string, string>>, lang = 'en', of = token) =>
    answered((reply) => controller.act(of, new Form(new URLSearchParams(fields).toString()), { lang }, meta(), reply));
  const types = async () => ((await store.readMany([returnStream(orderId)]))[0]?.events ?? []).map(({ type }) => type);
  return { show, send, types, token, boxes, returns };
};

/** What a browser would send back of a page, and what its reader fills in. */
const filled = (html: string, fields: Readonly<Record<string, string>> = {}, of = 0): Record<string, string> => {
  const form = html.split('<form ')[of + 1]?.split('</form>')[0] ?? '';
  const kept = [...form.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
  return { ...Object.fromEntries(kept), ...fields };
};

const twoMugs = { 'units/1': '2', 'reason/1': 'too-small', 'condition/1': 'opened', outcome: 'original', note: 'Ask Ada.' };

describe('the page on which customers send something back', () => {
  it.each(pageLanguages)('says in %s what may come back and what not, and why, with nothing that runs', async (language) => {
    const html = await (await setUp()).show(language);
    const { title, intro, notBack, obstacles, units } = pagePhrases[language];
    expect(html).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
    for (const says of [title, intro, notBack, obstacles['final-sale'], `${units} (0–3)`]) expect(html).toContain(says);
    expect(html).toContain('The &lt;MUG&gt;');
    expect(html).not.toMatch(/<script|The <MUG>/);
  });

  it('has a label for every field', async () => {
    const html = await (await setUp()).show();
    const ids = [...html.matchAll(/<(?:input|select|textarea) id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.length).toBeGreaterThan(6);
    for (const id of ids) expect(html).toContain(`<label for="${id}">`);
  });

  it('shows what follows before it does: the fee, who pays, and until when', async () => {
    const { show, send, types } = await setUp();
    const html = await send(filled(await show(), twoMugs));
    for (const says of [
      '£18.00',
      '£2.00',
      en.fees.restocking,
      en.payers.customer,
      en.ways['own-way'],
      en.standings.authorized,
      '2026-12-23',
    ])
      expect(html).toContain(says);
    expect(await types()).toEqual([]);
  });

  it('makes one return, however often the button is pressed, and shows what became of it', async () => {
    const { show, send, types, boxes } = await setUp();
    const confirm = filled(await send(filled(await show(), twoMugs)));
    const [first, second] = [await send(confirm), await send(confirm)];
    for (const html of [first, second]) expect(html).toContain(en.done);
    expect(await types()).toEqual(['ReturnRequested', 'ReturnAuthorized']);
    expect(boxes).toContainEqual({ note: 'Ask Ada.' });
    const html = await show();
    for (const says of [en.yours, en.statuses.authorized, '2 × The &lt;MUG&gt;', en.withdraw]) expect(html).toContain(says);
    expect(html).not.toContain('Ada');
  });

  it('takes it back while that is allowed, and not what is of another order', async () => {
    const { show, send, types } = await setUp();
    await send(filled(await send(filled(await show(), twoMugs))));
    const own = filled(await show());
    expect(await send({ ...own, return: anotherId })).toContain(en.faults['not-withdrawn']);
    expect(await send(own)).toContain(en.withdrawn);
    expect(await send(own)).toContain(en.withdrawn);
    expect((await types()).filter((type) => type === 'ReturnCancelled')).toHaveLength(1);
    expect(await show()).not.toContain(`>${en.withdraw}<`);
  });

  it('says what is wrong where it is wrong, and keeps what was filled in', async () => {
    const { show, send } = await setUp();
    const page = filled(await show());
    const wrong = { 'units/1': '4', 'reason/1': 'too-small', outcome: 'original', note: '<b>4111 1111 1111 1111</b>' };
    expect(await send({ ...page, ...wrong })).toContain(en.faults.card);
    const tooMany = await send({ ...page, ...wrong, note: '<b>' });
    expect(tooMany).toContain(en.faults.quantity);
    expect(tooMany).toContain('value="4"');
    expect(tooMany).toContain('&lt;b&gt;</textarea>');
    expect(await send({ ...page, outcome: 'original' })).toContain(en.faults['nothing-chosen']);
    const odd = await send({ ...page, 'units/1': 'x', 'reason/1': 'because', 'condition/1': 'fine', outcome: 'gold' });
    for (const fault of ['quantity', 'reason', 'condition', 'outcome'] as const) expect(odd).toContain(en.faults[fault]);
    expect(await send({ ...page, ...twoMugs, note: 'x'.repeat(2_001) })).toContain(en.faults.note);
  });

  it('exchanges for the same again or for what there is, and for nothing else', async () => {
    const { show, send, returns } = await setUp();
    const page = filled(await show(), { ...twoMugs, outcome: 'exchange' });
    expect(await send({ ...page, 'article/1': 'NOTHING' })).toContain(en.faults.article);
    for (const article of ['', 'CUP']) expect(await send({ ...page, 'article/1': article })).toContain(en.confirmTitle);
    const html = await send(filled(await send({ ...page, 'article/1': 'CUP' })));
    const [, returnId = ''] = /<strong>([^<]+)</.exec(html) ?? [];
    expect((await returns.get(returnId)).rma.lines).toMatchObject([{ exchangeFor: [{ sku: 'CUP', quantity: 2 }], conditions: ['opened'] }]);
  });

  it('believes no form that is of another link, or of nobody', async () => {
    const { show, send, types } = await setUp();
    const confirm = filled(await send(filled(await show(), twoMugs)));
    const forms = ['', 'x', `${anotherId}.${'A'.repeat(43)}`, `${confirm['form'] ?? ''}x`];
    for (const form of forms) expect(await send({ ...confirm, form })).toContain(en.faults.form);
    expect(await types()).toEqual([]);
  });

  it('opens with a link of ours until that is too old, and shows nothing of anybody with another', async () => {
    const { show, send, token } = await setUp();
    const guessed = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    expect(await show('de', guessed)).toContain(pagePhrases.de.unknown);
    expect(await send(twoMugs, 'de', guessed)).toContain(pagePhrases.de.unknown);
    const later = await setUp('2027-01-23T10:00:00.000Z');
    expect(await later.show('fr', token)).toContain(pagePhrases.fr.expired);
    const early = await orderLinkToken(people, 'returns', { orderId: anotherId, expiresAt: '2026-12-23T10:00:00.000Z' });
    expect(await show('en', early)).toContain(en.early);
  });
});
