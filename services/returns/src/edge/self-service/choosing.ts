import { dayIn, escaped, type Form } from '@cartage/service-kit';
import { outcomes, type PageFault } from '../../app/self-service/phrases';
import type { PageItem } from '../../app/self-service/opened';
import type { FaultAt, OpenPage } from '../../app/self-service/self-service';
import { customerConditions, customerReasons } from '../../domain/customer-words';
import { fieldNames, NOTE_LENGTH } from './form-reading';
import { formOf, hidden, idOf, paragraph, untilDay, type Voice } from './html';

/** What was sent before, and what is wrong with it. */
export interface Said {
  readonly form?: Form | undefined;
  readonly faults: readonly FaultAt[];
}

/** As many items as a page shows. */
export const ITEMS_SHOWN = 200;

const saidOf = ({ form }: Said, name: string): string => form?.get(name) ?? '';

const labelled = (name: string, says: string, field: string): string => `<label for="${idOf(name)}">${escaped(says)}</label>${field}`;

const select = <Name extends string>(
  name: string,
  words: Readonly<Record<Name, string>>,
  { names, chosen, choose }: { readonly names: readonly Name[]; readonly chosen: string; readonly choose: string },
): string => {
  const options = names.map((each) => `<option value="${each}"${each === chosen ? ' selected' : ''}>${escaped(words[each])}</option>`);
  return `<select id="${idOf(name)}" name="${escaped(name)}"><option value="">${escaped(choose)}</option>${options.join('')}</select>`;
};

const faultsAt = ({ phrases }: Voice, faults: readonly PageFault[]): string =>
  faults.map((fault) => `<p class="fault">${escaped(phrases.faults[fault])}</p>`).join('');

const itemField = (voice: Voice, { field, title, quantity, until, exchange }: PageItem, said: Said): string => {
  const { phrases } = voice;
  const [units, reason, condition, article] = [
    fieldNames.units(field),
    fieldNames.reason(field),
    fieldNames.condition(field),
    fieldNames.article(field),
  ];
  const faults = said.faults.flatMap((each) => (each.field === field ? [each.fault] : []));
  const value = (name: string): string => escaped(saidOf(said, name));
  const choose = phrases.choose;
  return `<fieldset${faults.length > 0 ? ' class="wrong"' : ''}><legend>${escaped(title)}</legend>${faultsAt(voice, faults)}
${labelled(units, `${phrases.units} (0–${quantity})`, `<input id="${idOf(units)}" name="${escaped(units)}" type="number" inputmode="numeric" min="0" max="${quantity}" value="${value(units)}">`)}
${labelled(reason, phrases.reason, select(reason, phrases.reasons, { names: customerReasons, chosen: saidOf(said, reason), choose }))}
${labelled(condition, phrases.condition, select(condition, phrases.conditions, { names: customerConditions, chosen: saidOf(said, condition), choose }))}
${exchange ? labelled(article, phrases.article, `<input id="${idOf(article)}" name="${escaped(article)}" type="text" maxlength="100" value="${value(article)}">`) : ''}
${until === undefined ? '' : `<small>${escaped(phrases.until)} ${dayIn(voice.language, until)}</small>`}</fieldset>`;
};

const outcomeField = ({ phrases }: Voice, said: Said, mayExchange: boolean): string => {
  const wanted = saidOf(said, fieldNames.outcome) || 'original';
  const choices = outcomes
    .filter((each) => each !== 'exchange' || mayExchange)
    .map((each) => {
      const id = idOf(`outcome/${each}`);
      const field = `<input id="${id}" type="radio" name="${fieldNames.outcome}" value="${each}"${each === wanted ? ' checked' : ''}>`;
      return `<div class="choice">${field}<label for="${id}">${escaped(phrases.outcomes[each])}</label></div>`;
    });
  return `<fieldset><legend>${escaped(phrases.outcome)}</legend>${choices.join('')}</fieldset>`;
};

const noteField = ({ phrases }: Voice, said: Said): string =>
  labelled(
    fieldNames.note,
    phrases.note,
    `<textarea id="${idOf(fieldNames.note)}" name="${fieldNames.note}" rows="3" maxlength="${NOTE_LENGTH}">${escaped(saidOf(said, fieldNames.note))}</textarea>`,
  );

const notBack = ({ phrases }: Voice, items: readonly PageItem[]): string => {
  const why = items.flatMap(({ title, obstacle }) =>
    obstacle ? [`<dt>${escaped(title)}</dt><dd>${escaped(phrases.obstacles[obstacle])}</dd>`] : [],
  );
  return why.length === 0 ? '' : `<h2>${escaped(phrases.notBack)}</h2><dl>${why.slice(0, ITEMS_SHOWN).join('')}</dl>`;
};

/** What was sent is shown again, with what is wrong with it. */
export const choosing = (
  voice: Voice,
  { items, form }: OpenPage,
  { from, said }: { readonly from: number; readonly said: Said },
): string => {
  const { phrases, language } = voice;
  const open = items.filter(({ quantity }) => quantity > 0);
  const shown = open.slice(from, from + ITEMS_SHOWN);
  const next = from + ITEMS_SHOWN;
  const more = open.length > next ? `<p><a href="?lang=${language}&amp;from=${next}">${escaped(phrases.more)}</a></p>` : '';
  if (shown.length === 0) return paragraph(phrases.nothingLeft) + notBack(voice, items);
  const fields = [
    hidden(fieldNames.form, form),
    hidden(fieldNames.step, 'check'),
    ...shown.map((item) => itemField(voice, item, said)),
    outcomeField(
      voice,
      said,
      shown.some(({ exchange }) => exchange),
    ),
    noteField(voice, said),
    `<p><button type="submit">${escaped(phrases.check)}</button></p>`,
  ];
  return `${paragraph(phrases.intro)}${formOf(voice, fields.join('\n'))}${more}${notBack(voice, items)}`;
};

/** What is wrong, before everything else; of an item that is not shown, too. */
export const faultsSaid = ({ phrases }: Voice, faults: readonly FaultAt[]): string => {
  if (faults.length === 0) return '';
  const says = [...new Set(faults.map(({ fault }) => phrases.faults[fault]))].map((fault) => paragraph(fault));
  return `<div class="said wrong" role="alert"><h2>${escaped(phrases.correct)}</h2>${says.join('')}</div>`;
};

export const sendByDay = (voice: Voice, day: string | undefined): string => untilDay(voice, voice.phrases.sendBy, day);
