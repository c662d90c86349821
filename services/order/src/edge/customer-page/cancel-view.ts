import { escaped, hidden, idOf, paragraph } from '@cartage/service-kit';
import type { OpenPage } from '../../app/customer-page/customer-page';
import type { PageLine, PageOrder } from '../../app/customer-page/opened';
import type { CancellationAnswer } from '../../app/cancellations';
import type { LineToCancel } from '../../domain/cancelling';
import { fieldNames } from './form-reading';
import { backToOrder, describedBy, faultBeside, faultIn, faultsSaid, htmlOf, money, stepForm, type Said, type Voice } from './html';
import { LINES_SHOWN, moreOf } from './order-view';

const unitsField = (voice: Voice, { lineId, title, cancellable }: PageLine, said: Said): string => {
  const name = fieldNames.units(lineId);
  const id = idOf(name);
  const fault = faultIn(said, lineId);
  const value = said.form ? (said.form.get(name) ?? '') : String(cancellable);
  return `<fieldset${fault === undefined ? '' : ' class="wrong"'}><legend>${escaped(title)}</legend>${faultBeside(voice, id, fault)}
<label for="${id}">${escaped(voice.phrases.howMany)} <bdi dir="ltr">(0–${cancellable})</bdi></label><input id="${id}" name="${escaped(name)}" type="number" inputmode="numeric" min="0" max="${cancellable}" value="${escaped(value)}"${describedBy(id, fault)}></fieldset>`;
};

const linesOf = ({ groups }: PageOrder): readonly PageLine[] => groups.flatMap(({ lines }) => lines);

/** What can still be cancelled, all of it chosen at first; what was sent is shown again. */
export const cancelView = (
  voice: Voice,
  { order, form }: OpenPage,
  { said, from }: { readonly said: Said; readonly from: number },
): string => {
  const { phrases } = voice;
  const open = linesOf(order).filter(({ cancellable }) => cancellable > 0);
  const { obstacle } = order.cancel;
  const fields = open.slice(from, from + LINES_SHOWN).map((line) => unitsField(voice, line, said));
  const choosing = `${paragraph(phrases.cancelIntro)}${stepForm(voice, { form, step: 'check', says: phrases.check }, fields)}${moreOf(voice, { from, of: open.length, view: '&amp;view=cancel' })}`;
  const body = obstacle === undefined ? choosing : paragraph(phrases.obstacles[obstacle]);
  return htmlOf(voice, `${phrases.offers.cancel}: ${order.number}`, `${faultsSaid(voice, said.faults)}${body}${backToOrder(voice)}`);
};

type Units = CancellationAnswer['cancelled'];

const unitsList = (order: PageOrder, says: string, units: Units): string => {
  if (units.length === 0) return '';
  const titles = new Map(linesOf(order).map(({ lineId, title }) => [lineId, title]));
  const each = units.map(({ lineId, sku, quantity }) => `<dd>${quantity} × <bdi>${escaped(titles.get(lineId) ?? sku)}</bdi></dd>`);
  return `<dl><dt>${escaped(says)}</dt>${each.join('')}</dl>`;
};

const sums = (voice: Voice, { expected: { currency, amount, refund, release } }: CancellationAnswer): string => {
  const { phrases } = voice;
  const rows: readonly (readonly [string, number])[] = [
    [phrases.saved, amount],
    ...(
      [
        [phrases.refund, refund],
        [phrases.release, release],
      ] as const
    ).filter(([, each]) => each > 0),
  ];
  return `<dl>${rows.map(([name, each]) => `<dt>${escaped(name)}</dt><dd>${money(voice, currency, each)}</dd>`).join('')}</dl>`;
};

/** What would follow, to be confirmed. What was chosen goes with the answer: nothing of it is kept here meanwhile. */
export const confirmView = (
  voice: Voice,
  { order, form }: OpenPage,
  { lines, answer }: { readonly lines: readonly LineToCancel[]; readonly answer: CancellationAnswer },
): string => {
  const { phrases } = voice;
  const carried = lines.map(({ lineId, quantity }) => hidden(fieldNames.units(lineId), String(quantity)));
  return htmlOf(
    voice,
    phrases.confirmTitle,
    `${unitsList(order, phrases.atOnce, answer.cancelled)}${unitsList(order, phrases.asks, answer.requested)}${sums(voice, answer)}
${stepForm(voice, { form, step: 'cancel', says: phrases.confirm }, carried)}${backToOrder(voice)}`,
  );
};
