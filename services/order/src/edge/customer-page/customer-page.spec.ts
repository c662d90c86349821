import { Form, orderLinkToken, publicLanguages } from '@cartage/service-kit';
import type { FastifyReply } from 'fastify';
import { meta, orderPageOf, people, type ShopOptions } from '../../app/customer-page/customer-page.fixture';
import { offerNames, obstacles } from '../../app/customer-page/offers';
import { pageFaults, pagePhrases } from '../../app/customer-page/phrases';
import { unitStates } from '../../app/customer-page/units';
import type { Fact } from '../../domain/facts';
import { facts } from '../../domain/facts.fixture';
import { milestones } from '../../domain/shipments';
import { orderStatuses } from '../../domain/state';
import { id, orderId } from '../../domain/order.fixture';
import { CustomerPageController } from './customer-page.controller';
import type { OrderPageQueryDto } from './customer-page.dto';

const { en } = pagePhrases;
const packed = [facts.reserved, facts.authorized, facts.allocated, facts.packed];
const gone = [...packed, facts.handedOver, facts.captured, facts.inTransit];

/** What a browser gets: a page, or where it is sent. */
interface Got {
  readonly html: string;
  readonly status: number;
  readonly location: string | undefined;
}

const setUp = async (told: readonly Fact[] = [], options: ShopOptions = {}) => {
  const { page, token, tell, events } = await orderPageOf(told, options);
  const controller = new CustomerPageController(page);
  const answered = async (act: (reply: FastifyReply) => Promise<void>): Promise<Got> => {
    let [html, status, location] = ['', 200, undefined as string | undefined];
    const reply = {
      headers: () => reply,
      code: (given: number) => ((status = given), reply),
      header: (_: string, value: string) => ((location = value), reply),
      send: (body: string) => void (html = body),
    };
    await act(reply as unknown as FastifyReply);
    return { html, status, location };
  };
  const show = async (query: OrderPageQueryDto = {}, of = token): Promise<string> =>
    (await answered((reply) => controller.show(of, { lang: 'en', ...query }, undefined, reply))).html;
  const send = (fields: Readonly<Record<string, string>>, lang = 'en', of = token): Promise<Got> =>
    answered((reply) => controller.act(of, new Form(new URLSearchParams(fields).toString()), { lang }, meta(), reply));
  const types = async (): Promise<readonly string[]> => (await events()).map(({ type }) => type);
  return { show, send, tell, types, events, token };
};

/** What a browser would send back of a page, and what its reader fills in. */
const filled = (html: string, fields: Readonly<Record<string, string>> = {}): Record<string, string> => {
  const kept = [
    ...html.matchAll(/<input[^>]* name="([^"]*)"[^>]* value="([^"]*)"/g),
    ...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g),
  ];
  return { ...Object.fromEntries(kept.map(([, name = '', value = '']) => [name, value])), ...fields };
};

const elsewhere = { 'address/lines': '2 Low Street', 'address/city': 'Leeds', 'address/postalCode': 'LS1 1AA' };

describe('the page of an order for its customer', () => {
  it.each(publicLanguages)(
    'says in %s where each unit is, what it costs and what can be done, with nothing that runs',
    async (language) => {
      const html = await (await setUp(packed)).show({ lang: language });
      const { title, statuses, units, offers, obstacles: why, total, goesTo } = pagePhrases[language];
      expect(html).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
      for (const says of [
        title,
        'MX-1001',
        statuses['in-fulfillment'],
        `2 × ${units.packed}`,
        offers.cancel,
        why['nothing-there'],
        total,
        goesTo,
      ])
        expect(html).toContain(says);
      for (const other of publicLanguages)
        expect(html).toMatch(other === language ? /aria-current="true"/ : new RegExp(`\\?lang=${other}"`));
      expect(html).not.toContain('<script');
    },
  );

  it.each(publicLanguages)('has in %s a word for everything', (language) => {
    const phrases = pagePhrases[language];
    const words = [
      ...orderStatuses.map((each) => phrases.statuses[each]),
      ...unitStates.map((each) => phrases.units[each]),
      ...milestones.map((each) => phrases.milestones[each]),
      ...offerNames.map((each) => phrases.offers[each]),
      ...obstacles.map((each) => phrases.obstacles[each]),
      ...pageFaults.map((each) => phrases.faults[each]),
    ];
    expect(words.filter((word) => word.trim() === '')).toEqual([]);
  });

  it('shows names as text, whatever stands in them, and of an e-mail address only enough to know it by', async () => {
    const html = await (await setUp(gone, { order: { externalOrderId: '<i>MX</i>' } })).show();
    for (const says of ['Ada &lt;Miller&gt;', 'Flat &quot;2&quot;', '&lt;i&gt;MX&lt;/i&gt;', 'a•••@example.org'])
      expect(html).toContain(says);
    expect(html).not.toMatch(/<Miller>|<i>|ada@/);
  });

  it('shows each parcel, by the clock where it goes, and leads to where it can be followed', async () => {
    const dispatched = { ...facts.handedOver, data: { ...facts.handedOver.data, trackingToken: 'tok' } };
    const html = await (await setUp([...packed, dispatched, facts.inTransit])).show();
    for (const says of [en.milestones['in-transit'], 'CT123456785GB', 'GMT', 'href="../../../shipping/track/tok/page?lang=en"'])
      expect(html).toContain(says);
    expect(await (await setUp(gone)).show()).not.toContain('shipping/track');
  });

  it('has a label for every field, and a name for every part', async () => {
    const { show } = await setUp();
    for (const view of ['cancel', 'address'] as const) {
      const html = await show({ view });
      const fields = [...html.matchAll(/<(?:input|textarea) id="([^"]+)"/g)].map(([, field]) => field);
      expect(fields.length).toBeGreaterThan(1);
      for (const field of fields) expect(html).toContain(`<label for="${field}">`);
    }
    const html = await show();
    for (const [, name] of html.matchAll(/aria-labelledby="([^"]+)"/g)) expect(html).toContain(`<h2 id="${name}">`);
  });
});

describe('cancelling on the page', () => {
  it('shows what comes back before anything is decided, and then does it, once', async () => {
    const { show, send, types, events } = await setUp();
    const chosen = filled(await show({ view: 'cancel' }), { 'units/1': '0', 'units/2': '2' });
    const { html } = await send(chosen);
    for (const says of [en.confirmTitle, en.atOnce, '2 × <bdi>MUG</bdi>', en.saved, en.release]) expect(html).toContain(says);
    expect(await types()).not.toContain('LineCancelled');
    const confirm = filled(html);
    for (const got of [await send(confirm), await send(confirm)])
      expect(got).toMatchObject({ status: 303, location: '?lang=en&said=cancelled' });
    expect((await types()).filter((type) => type === 'LineCancelled')).toHaveLength(1);
    expect((await events()).at(-1)).toMatchObject({
      data: { reason: { code: 'customer', by: 'customer', actor: 'order-link' } },
      meta: { actor: 'order-link' },
    });
    const order = await show({ said: 'cancelled' });
    for (const says of [en.notices.cancelled, `1 × ${en.units.received}`, `2 × ${en.units.cancelled}`]) expect(order).toContain(says);
  });

  it('says of what is being prepared that somebody has to be asked', async () => {
    const { show, send } = await setUp(packed);
    const { html } = await send(filled(await show({ view: 'cancel' })));
    expect(html).toContain(en.asks);
    await send(filled(html));
    expect(await show()).toContain(en.units.cancelling);
  });

  it('says what is wrong beside the field, and keeps what was filled in', async () => {
    const { show, send } = await setUp();
    const form = filled(await show({ view: 'cancel' }));
    for (const units of ['3', '-1', 'two']) {
      const { html } = await send({ ...form, 'units/1': units });
      expect(html).toContain(en.faults.quantity);
      expect(html).toMatch(new RegExp(`value="${units}" aria-invalid="true" aria-describedby="[^"]+-fault"`));
    }
    expect((await send({ ...form, 'units/1': '0', 'units/2': '' })).html).toContain(en.faults['nothing-chosen']);
  });

  it('says on a page that is out of date that it has left meanwhile', async () => {
    const { show, send, tell, types } = await setUp();
    const confirm = filled((await send(filled(await show({ view: 'cancel' })))).html);
    await tell(...gone);
    const { status, html } = await send(confirm);
    expect(status).toBe(200);
    for (const says of [en.faults.quantity, en.obstacles.left]) expect(html).toContain(says);
    expect(await types()).not.toContain('LineCancelled');
    expect((await send({ ...confirm, step: 'check' })).html).toContain(en.faults['not-now']);
  });
});

describe('another address on the page', () => {
  it('is where it goes from then on, in the same country, written once', async () => {
    const { show, send, events } = await setUp(packed);
    const form = filled(await show({ view: 'address' }), elsewhere);
    for (const got of [await send(form), await send(form)]) expect(got).toMatchObject({ status: 303, location: '?lang=en&said=address' });
    const changed = (await events()).filter(({ type }) => type === 'DestinationChanged');
    expect(changed).toMatchObject([
      { data: { shipGroupId: '1', destination: { country: 'GB' }, reason: { by: 'customer', actor: 'order-link' } } },
    ]);
    const html = await show({ said: 'address' });
    for (const says of [en.notices.address, '2 Low Street', 'LS1 1AA Leeds', 'Ada &lt;Miller&gt;']) expect(html).toContain(says);
  });

  it('costs no other label when it is the one that it has', async () => {
    const { show, send, types } = await setUp();
    const form = filled(await show({ view: 'address' }), { 'address/lines': '1 High Street\r\n Flat "2"\r\n' });
    expect((await send(form)).status).toBe(303);
    expect(await types()).not.toContain('DestinationChanged');
  });

  it('is refused with what is wrong beside each field, and what was typed stays', async () => {
    const { show, send, types } = await setUp();
    const form = filled(await show({ view: 'address' }), elsewhere);
    const { html } = await send({
      ...form,
      'address/lines': '',
      'address/city': 'x'.repeat(300),
      'address/postalCode': '',
      'address/region': 'A\u0007',
    });
    for (const fault of ['required', 'too-long', 'characters'] as const) expect(html).toContain(en.faults[fault]);
    expect(html).toContain('x'.repeat(300));
    expect((await send({ ...form, 'address/lines': '4111 1111 1111 1111' })).html).toContain(en.faults.card);
    expect((await send({ ...form, 'address/lines': Array(11).fill('a').join('\n') })).html).toContain(en.faults['too-long']);
    expect(await types()).not.toContain('DestinationChanged');
  });

  it('is refused once it has left, with a sentence', async () => {
    const { show, send, tell, types } = await setUp();
    const form = filled(await show({ view: 'address' }), elsewhere);
    await tell(...gone);
    const { status, html } = await send(form);
    expect(status).toBe(200);
    expect(html).toContain(en.obstacles.left);
    expect(await show({ view: 'address' })).toContain(en.obstacles.left);
    expect(await types()).not.toContain('DestinationChanged');
  });
});

describe('the link to the page', () => {
  it('opens nothing when it was guessed, was made for something else, or is too old', async () => {
    const { show, send, token, types } = await setUp();
    const link = { orderId, expiresAt: '2026-12-23T10:00:00.000Z' };
    const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    for (const other of [forged, await orderLinkToken(people, 'returns', link), 'x']) {
      expect(await show({ lang: 'de' }, other)).toContain(pagePhrases.de.unknown);
      expect((await send(filled(await show({ view: 'cancel' })), 'de', other)).html).toContain(pagePhrases.de.unknown);
    }
    expect(await show({}, await orderLinkToken(people, 'order', { ...link, orderId: id(999) }))).toContain(en.unknown);
    expect(await show({}, await orderLinkToken(people, 'order', { ...link, expiresAt: '2026-11-23T10:59:59.000Z' }))).toContain(en.expired);
    expect(await types()).toEqual(['OrderPlaced']);
  });

  it('takes no form of another link, or of nobody, and nothing that the shop does not let customers do', async () => {
    const { show, send, types } = await setUp();
    const confirm = filled((await send(filled(await show({ view: 'cancel' })))).html);
    const address = filled(await show({ view: 'address' }), elsewhere);
    for (const form of ['', 'x', `${id(3)}.${'A'.repeat(43)}`])
      for (const fields of [confirm, address]) expect((await send({ ...fields, form })).html).toContain(en.faults.form);
    expect(await types()).toEqual(['OrderPlaced']);
    const shut = await setUp([], { offered: ['return'] });
    expect(await shut.show({ view: 'cancel' })).toContain(en.obstacles['ask-us']);
    const form = filled(await (await setUp()).show({ view: 'cancel' }));
    for (const fields of [
      { ...confirm, ...form, step: 'cancel' },
      { ...address, step: 'address' },
      { ...form, step: 'check' },
    ])
      expect((await shut.send(fields)).status).toBe(200);
    expect(await shut.types()).toEqual(['OrderPlaced']);
  });
});
